import Policy
import Testing

@Suite("The canonical form of a policy")
struct FormatTests {
    @Test(
        "each policy as an operator may write it gets its canonical form",
        arguments: Samples.policies(in: Samples.golden))
    func golden(name: String) throws {
        let expected = String(decoding: try Samples.bytes(Samples.golden, "\(name).formatted"), as: UTF8.self)
        let formatting = format(try Samples.bytes(Samples.golden, "\(name).policy"), fileName: "\(name).policy")
        #expect(formatting.diagnostics.map(\.description) == [])
        #expect(String(decoding: try #require(formatting.text), as: UTF8.self) == expected)
    }

    @Test("the examples are in canonical form", arguments: Samples.policies(in: Samples.examples))
    func examples(name: String) throws {
        let text = try Samples.bytes(Samples.examples, "\(name).policy")
        let formatted = try #require(format(text, fileName: "\(name).policy").text)
        #expect(String(decoding: formatted, as: UTF8.self) == String(decoding: text, as: UTF8.self))
    }

    @Test(
        "a policy whose syntax is wrong is refused with its diagnostics",
        arguments: ["tls main {", "a = ", "x; y", "\"a"])
    func refused(text: String) {
        let formatting = format(Array(text.utf8), fileName: "p")
        #expect(formatting.text == nil)
        let all = compile(Array(text.utf8), fileName: "p").diagnostics
        #expect(!formatting.diagnostics.isEmpty && formatting.diagnostics.allSatisfy { all.contains($0) })
    }

    @Test("names that are defined elsewhere, and unknown words, are no hindrance")
    func parts() {
        let part = "route \"/x\" {to=pool.elsewhere}\ncolour=blue"
        #expect(text(part) == "route \"/x\" { to = pool.elsewhere }\ncolour = blue\n")
    }

    @Test("an empty policy stays empty", arguments: ["", "\n\n", " \t"])
    func empty(policy: String) { #expect(text(policy) == "") }

    private func text(_ policy: String) -> String? {
        format(Array(policy.utf8), fileName: "p").text.map { String(decoding: $0, as: UTF8.self) }
    }
}
