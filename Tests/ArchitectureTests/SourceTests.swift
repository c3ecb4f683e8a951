import Foundation
import Testing

@Suite("The form of the sources")
struct SourceTests {
    /// By the file's suffix.
    private static let mostLines = ["swift": 400, "c": 500, "h": 400]
    private static let mostLinesOfMain = 200

    @Test("no file of Swift has more than 400 lines, none of C more than 500")
    func length() throws {
        for file in Repository.files(below: Repository.sources, ["swift", "c", "h"]) {
            let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").count - 1
            #expect(lines <= Self.mostLines[file.pathExtension] ?? 0, "\(Repository.name(file)) has \(lines) lines")
        }
    }

    @Test("unsafe code stands where ARCHITECTURE.md says, and is no more than it says")
    func unsafeCode() throws {
        let reviewed = try Document.unsafeUses()
        #expect(!reviewed.isEmpty)
        for folder in try Repository.targetFolders() {
            let uses = try Repository.files(below: folder, ["swift"]).reduce(0) {
                $0 + Source.unsafeUses(try String(contentsOf: $1, encoding: .utf8))
            }
            let most = reviewed[folder.lastPathComponent] ?? 0
            #expect(
                uses <= most,
                "\(folder.lastPathComponent) has \(uses) uses of unsafe, \(most) are reviewed: review them, then scripts/count-unsafe"
            )
        }
    }

    @Test(
        "the main file of every executable says its name, what it does and what its compromise yields, in 200 lines at most"
    )
    func mains() throws {
        let mains = try Repository.targetFolders().map { $0.appendingPathComponent("main.swift") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        #expect(mains.count >= 9)
        for main in mains {
            let lines = try String(contentsOf: main, encoding: .utf8).components(separatedBy: "\n")
            let head = lines.prefix { $0.hasPrefix("//") }
            let places = ["// NAME", "// DESCRIPTION", "// SECURITY"].map { head.firstIndex(of: $0) ?? -1 }
            #expect(
                places[0] == 0 && places[0] < places[1] && places[1] < places[2],
                "\(Repository.name(main)): head comment")
            #expect(lines.count - 1 <= Self.mostLinesOfMain, "\(Repository.name(main)) has \(lines.count - 1) lines")
        }
    }

    @Test("the counter of unsafe code knows comments, texts and longer words")
    func counter() {
        #expect(
            Source.unsafeUses("let x = unsafe y // unsafe\n\"unsafe\" + unsafeUses(.unsafe)\nunsafe z(unsafe w)") == 3)
    }

    @Test("imports are found in every form")
    func imports() {
        let text =
            "import A\npublic import B\n@testable import C\ninternal import struct D.E\n// import F\nlet import1 = 2"
        #expect(Source.imports(text) == ["A", "B", "C", "D"])
    }
}
