import Policy
import Testing

@Suite("Diagnostics of wrong policies")
struct DiagnosticTests {
    @Test("each wrong policy is told what is wrong, where, and what to do", arguments: Files.policies(in: Files.golden))
    func golden(name: String) throws {
        let compilation = compile(
            try Files.bytes(Files.golden, "\(name).policy"), fileName: "\(name).policy",
            files: FilesOfFolder(Files.golden), now: FilesOfFolder.today)
        let expected = String(decoding: try Files.bytes(Files.golden, "\(name).expected"), as: UTF8.self)
        let said = compilation.diagnostics.map { "\($0)\n" }.joined()
        #expect(said == expected)
        #expect((compilation.plan == nil) == compilation.diagnostics.contains { $0.severity == .error })
        #expect(!compilation.diagnostics.isEmpty)
    }
}
