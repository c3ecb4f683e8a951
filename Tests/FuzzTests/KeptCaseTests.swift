import Foundation
import FuzzTargets
import Testing

@Suite("Inputs of the fuzzer")
struct KeptCaseTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fuzz")

    /// The files of `fuzz/cases` or `fuzz/corpus`, as `TARGET/NAME`.
    private static func inputs(_ kind: String) -> [String] {
        let root = folder.appending(path: kind).path()
        let names = FileManager.default.subpaths(atPath: root) ?? []
        return names.filter { $0.contains("/") && !$0.hasPrefix(".") }.sorted()
    }

    private func examine(_ kind: String, _ input: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: kind).appending(path: input)))
        let target = try #require(FuzzTarget.named(String(input.prefix { $0 != "/" })))
        #expect(throws: Never.self) { try target.examine(bytes.span) }
    }

    @Test("what once broke a property does so no more", arguments: inputs("cases"))
    func kept(_ input: String) throws { try examine("cases", input) }

    @Test("every property holds for the inputs that runs begin with", arguments: inputs("corpus"))
    func seeds(_ input: String) throws { try examine("corpus", input) }

    @Test("every target has inputs to begin with, and every folder of inputs has its target")
    func complete() {
        let folders = Set(Self.inputs("corpus").map { String($0.prefix { $0 != "/" }) })
        #expect(folders == Set(FuzzTarget.all.map(\.name)))
    }
}
