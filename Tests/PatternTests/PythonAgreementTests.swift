import Foundation
import Pattern
import Testing

@Suite("Agreement with Python's re", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
struct PythonAgreementTests {
    private struct Case: Encodable {
        let pattern: String
        let texts: [[UInt8]]
    }

    private struct Failed: Error {}

    /// Reads the cases, writes for each text where the first match begins and ends, or -1.
    private static let script = """
        import json, re, sys, warnings
        warnings.simplefilter("ignore")
        answers = []
        for case in json.load(sys.stdin):
            pattern = re.compile(case["pattern"].encode("latin-1"), re.DOTALL)
            for text in case["texts"]:
                match = pattern.search(bytes(text))
                answers.append([match.start(), match.end()] if match else [-1, -1])
        json.dump(answers, sys.stdout)
        """

    @Test("whether and where a pattern matches, over generated patterns and texts")
    func generated() throws {
        var random = SplitMix(state: 4711)
        let trees = (0..<2_500).map { _ in Tree.random(3, using: &random) }
        let cases = trees.map { tree in
            Case(
                pattern: tree.text(.python), texts: (0..<6).map { _ in Tree.randomText(upTo: 9, using: &random) })
        }
        var answers = try Self.ask(cases)[...]
        try #require(answers.count == cases.reduce(0) { $0 + $1.texts.count })
        for (tree, texts) in zip(trees, cases.map(\.texts)) {
            let pattern = tree.text(.ours)
            let search = try Search(pattern)
            for text in texts {
                let answer = answers.removeFirst()
                let found = search.firstMatch(text)
                #expect(search.matches(text) == (answer[0] >= 0), "\(pattern) in \(text)")
                #expect((found?.lowerBound ?? -1) == answer[0], "\(pattern) in \(text)")
                if !tree.hasNullableLoop { #expect((found?.upperBound ?? -1) == answer[1], "\(pattern) in \(text)") }
            }
        }
    }

    private static func ask(_ cases: [Case]) throws -> [[Int]] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("patterns-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let questions = folder.appendingPathComponent("questions")
        let answers = folder.appendingPathComponent("answers")
        try JSONEncoder().encode(cases).write(to: questions)
        try Data().write(to: answers)
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        python.arguments = ["-k", "5", "120", "/usr/bin/python3", "-c", script]
        python.standardInput = try FileHandle(forReadingFrom: questions)
        python.standardOutput = try FileHandle(forWritingTo: answers)
        try python.run()
        python.waitUntilExit()
        guard python.terminationStatus == 0 else { throw Failed() }
        return try JSONDecoder().decode([[Int]].self, from: Data(contentsOf: answers))
    }
}
