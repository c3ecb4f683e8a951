import Policy
import SecLang
import Testing

@Suite("Diagnostics of wrong rules")
struct DiagnosticTests {
    /// The files beside the golden ones, by their names.
    struct Files: PolicyFiles {
        func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
            guard let bytes = GoldenFiles.bytes(name) else {
                throw PolicyFileProblem("is not there", hint: "make it, or correct its name")
            }
            return bytes
        }

        func names(matching pattern: String) throws(PolicyFileProblem) -> [String] { [] }
    }

    @Test("each wrong rule is told what is wrong, where, and what to do", arguments: GoldenFiles.names)
    func golden(name: String) throws {
        let loading = loadRules([.file("\(name).conf")], files: Files())
        let expected = String(decoding: try #require(GoldenFiles.bytes("\(name).expected")), as: UTF8.self)
        let said = loading.diagnostics.map { "\($0)\n" }.joined()
        #expect(said == expected)
        #expect((loading.ruleSet == nil) == loading.diagnostics.contains { $0.severity == .error })
        #expect(!loading.diagnostics.isEmpty)
    }

    @Test("there are wrong rules to look at")
    func count() { #expect(GoldenFiles.names.count >= 60) }
}
