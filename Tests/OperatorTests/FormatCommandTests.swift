import Foundation
import Testing

@testable import masugata

@Suite("masugata fmt: files")
struct FormatCommandTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.write("wild.policy", "a=1\n", mode: 0o640)
        try folder.write("good.policy", "a = 1\n")
        try folder.write("wrong.policy", "a = \n")
    }

    /// Runs the command; returns whether it succeeded.
    private func run(_ arguments: String...) throws -> Bool {
        let command = try FormatCommand.parse(arguments)
        do {
            try command.run()
            return true
        } catch {
            return false
        }
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name).policy" }

    private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    @Test("a file is replaced by its canonical form, with the same mode, and nothing is left beside it")
    func replace() throws {
        #expect(try run(path("wild"), path("good")))
        #expect(try text("wild") == "a = 1\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: path("wild"))
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["good.policy", "wild.policy", "wrong.policy"])
    }

    @Test("--check and --stdout change nothing; --check fails when something is to be changed")
    func check() throws {
        #expect(try !run("--check", path("wild")))
        #expect(try run("--check", path("good")))
        #expect(try text("wild") == "a=1\n")
        #expect(throws: (any Error).self) { try FormatCommand.parse(["--check", "--stdout", path("wild")]) }
    }

    @Test("a file whose syntax is wrong stays as it is, and the others are formatted all the same")
    func wrong() throws {
        #expect(try !run(path("wrong"), path("wild")))
        #expect(try text("wrong") == "a = \n")
        #expect(try text("wild") == "a = 1\n")
    }

    @Test("a link, a folder and a missing file are refused with cause and remedy")
    func refused() throws {
        try folder.link("link.policy", to: "wild.policy")
        try folder.makeFolder("folder.policy")
        for (name, remedy) in [("link", "readlink"), ("folder", "regular file"), ("missing", "correct its name")] {
            do throws(OperatorError) {
                _ = try PolicyFile(path(name), limit: 100)
                Issue.record("\(name) was read")
            } catch {
                #expect(error.description.contains(remedy), "\(error)")
            }
        }
        #expect(throws: OperatorError.self) { try PolicyFile(path("good"), limit: 3) }
    }
}
