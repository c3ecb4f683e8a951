import Foundation
import Testing

@testable import masugata

@Suite("The policies to start from")
struct ExampleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies/examples")

    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".policy") }.sorted()
    }()

    @Test("there are at least ten") func count() { #expect(Self.names.count >= 10) }

    @Test("each compiles without a warning, has tests, and they hold", arguments: names)
    func tests(name: String) throws {
        let check = try PolicyCheck.run(Self.folder.appending(path: name).path())
        #expect(check.diagnostics.map(\.description) == [])
        #expect(check.tests > 0)
    }
}
