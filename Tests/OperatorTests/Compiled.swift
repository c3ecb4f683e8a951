import Plan
import Policy
import Testing

@testable import masugata

/// Policies that tests make of texts.
enum Compiled {
    /// The parts that a policy needs besides those that a test is about.
    static let frame = """
        listen public { https = ["0.0.0.0:443"]  http_redirect = ["0.0.0.0:80"]  tls = main }
        tls main { certificate = "a.pem"  key = "a.key" }
        network office { 203.0.113.0/24 }
        network partners { 198.51.100.0/24  2001:db8::/32 }
        list bots { "curl"  "wget" }
        pool app { server "10.0.0.1:8080" }
        pool other { server "10.0.0.2:8080" }

        """

    /// The policy `text` within the frame.
    static func policy(_ text: String) throws -> ReadablePolicy {
        let whole = Array((frame + text).utf8)
        let compilation = compile(whole, fileName: "test.policy")
        let errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.description)
        try #require(errors == [])
        return ReadablePolicy(
            plan: try #require(compilation.plan), tests: compilation.tests, text: whole, fileName: "test.policy",
            files: NamedFiles(policy: "test.policy"))
    }

    /// A site with these lines.
    static func site(_ lines: String) throws -> ReadablePolicy {
        try policy("site \"a.example\" {\n\(lines)\n}\n")
    }
}
