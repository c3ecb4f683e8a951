import Foundation
import Testing

@testable import Policy
@testable import masugata

@Suite("The manual of the policy and the syntax files")
struct ManualTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file that is made from the table of words.
    struct Made: CustomTestStringConvertible {
        let path: String
        let form: ManualCommand.Form
        var testDescription: String { path }
    }

    static let files = [
        Made(path: "packaging/man/masugata.policy.5", form: .mdoc),
        Made(path: "packaging/syntax/vim/syntax/masugata.vim", form: .vim),
        Made(path: "packaging/syntax/nano/masugata.nanorc", form: .nano),
    ]

    @Test("each file is what the table of words gives; if not, run packaging/generate", arguments: files)
    func made(_ file: Made) throws {
        let text = try String(contentsOf: Self.root.appending(path: file.path), encoding: .utf8)
        let isSame = text == file.form.text
        #expect(isSame, "\(file.path) differs from the table of words: run packaging/generate")
    }

    @Test("every word of the language is in each file", arguments: files)
    func words(_ file: Made) {
        let words = Set(
            file.form.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }.map(String.init))
        for form in PolicyWords.all where form.word != PolicyWords.policy.word {
            #expect(words.contains(form.word))
            for attribute in form.attributes { #expect(words.contains(attribute.word)) }
            for clause in form.clauses { #expect(words.contains(clause.word)) }
        }
        let conditions =
            ConditionWords.fields.map(\.word) + (ConditionWords.functions + ConditionWords.operators).map(\.word)
        for word in conditions where word.first?.isLetter == true {
            for part in word.split(separator: ".") { #expect(words.contains(String(part))) }
        }
    }

    @Test("the example of every setting has the form of its values")
    func examples() {
        for form in PolicyWords.all {
            // The values of a sequence can be read only within their block.
            for attribute in form.attributes where !attribute.value.isSequence {
                let example = attribute.example(in: form)
                #expect(attribute.value.isWritten(example), "\(form.word): \(attribute.word) = \(example)")
            }
        }
    }

    @Test("the page holds of every setting its type, its default and its example")
    func settings() {
        let page = ManualPage.plain(PolicyManual.text)
        for attribute in PolicyWords.all.flatMap(\.attributes) {
            #expect(page.contains(ManualPage.plain("Takes \(attribute.value.manual).")), "\(attribute.word)")
            guard let standard = attribute.standard else { continue }
            #expect(page.contains(ManualPage.plain("Without it: \(standard).")), "\(attribute.word)")
        }
    }

    @Test(
        "Vim reads its syntax file without an error",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/vim")))
    func vim() throws {
        let folder = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/vim")
        process.arguments = [
            "-u", "NONE", "-i", "NONE", "-es", "-c", "set nocompatible", "-c", "redir! > \(folder.path)/said", "-c",
            "source \(Self.root.path())packaging/syntax/vim/syntax/masugata.vim", "-c", "redir END", "-c", "qall!",
        ]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOfFile: "\(folder.path)/said", encoding: .utf8)
        #expect(said.filter { !$0.isWhitespace } == "")
    }

    @Test(
        "mandoc finds nothing wrong with the page",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mandoc")))
    func lint() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/mandoc")
        process.arguments = [
            "-T", "lint", "-W", "all", Self.root.appending(path: "packaging/man/masugata.policy.5").path(),
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // Our other pages are not installed where the tests run.
        let findings = said.split(separator: "\n").filter { !$0.contains("referenced manual not found") }
        #expect(findings == [])
    }
}

extension ManualPage {
    /// A text without line ends and escapes, to look for sentences in it.
    fileprivate static func plain(_ text: String) -> String {
        text.filter { $0 != "\\" }.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
}
