import Foundation
import Testing

@testable import masugata

@Suite("The README")
struct TutorialTests {
    private static let readme: [Substring] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "README.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }()

    /// The blocks of code between two lines, without the four blanks before each of their lines.
    private static func code(from start: String, to end: String) -> [[String]] {
        let section = readme.drop { !$0.hasPrefix(start) }.dropFirst().prefix { !$0.hasPrefix(end) }
        var blocks: [[String]] = [[]]
        for line in section {
            if line.hasPrefix("    ") {
                blocks[blocks.count - 1].append(String(line.dropFirst(4)))
            } else if !line.isEmpty, blocks.last != [] {
                blocks.append([])
            } else if blocks.last != [] {
                blocks[blocks.count - 1].append("")
            }
        }
        return blocks.filter { !$0.isEmpty }
    }

    /// The policy after so many steps of the tutorial: what is indented further stands in the site of the first step.
    private static func policy(after steps: Int) throws -> String {
        let first = code(from: "## The first policy", to: "##").first ?? []
        let tutorial = code(from: "## From eight lines", to: "**Why was that refused")
        try #require(first.count > 4 && steps <= tutorial.count)
        if steps == 0 { return first.joined(separator: "\n") }
        let blocks = tutorial[..<steps].flatMap { $0.split(separator: "", omittingEmptySubsequences: true) }
        let inSite = blocks.filter { $0.first?.hasPrefix(" ") == true }.joined()
        let outside = blocks.filter { $0.first?.hasPrefix(" ") != true }
        let site = try #require(outside.firstIndex { $0.first?.hasPrefix("site ") == true })
        let kept = first.filter { $0.hasPrefix("listen ") || $0.hasPrefix("tls ") }
        let others = outside.enumerated().filter { $0.offset != site }.flatMap { $0.element }
        return (kept + others + outside[site].dropLast() + inSite + ["}", ""]).joined(separator: "\n")
    }

    @Test("after each step of the tutorial the policy holds", arguments: 0...5)
    func steps(count: Int) throws {
        let folder = try ScratchFolder()
        try folder.write("masugata.policy", try Self.policy(after: count))
        let check = try PolicyCheck.run("\(folder.path)/masugata.policy", checksKeys: false)
        #expect(check.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
        #expect(check.isGood && check.tests == (count == 5 ? 2 : 0))
    }

    @Test("the tutorial has five steps, and the explanation is the one that it shows")
    func explanation() throws {
        #expect(Self.code(from: "## From eight lines", to: "**Why was that refused").count == 5)
        let folder = try ScratchFolder()
        try folder.write("masugata.policy", try Self.policy(after: 5))
        let shown = try #require(Self.code(from: "**Why was that refused", to: "`masugata fmt`").first)
        let words = try #require(shown.first).split(separator: " ").dropFirst(3).map(String.init)
        let said = try ExplainCommand.parse(["\(folder.path)/\(words[0])"] + words.dropFirst()).explanation()
        let lines = said.split(separator: "\n").map(String.init)
        // The line's number is that of the reader's own policy.
        func plain(_ line: String) -> String { line.replacing(/line [0-9]+/, with: "line") }
        for line in shown.dropFirst() where line != "..." && !line.isEmpty { #expect(lines.map(plain).contains(plain(line))) }
    }
}
