import Plan
import Policy
import Testing

/// Policies of the tests, of which only a part matters.
enum PolicyText {
    /// A listener, two pools, a network and a list, which parts can name.
    static let frame = """
        listen web { http = ["127.0.0.1:80"] }
        pool app { server "127.0.0.1:81" }
        pool next { server "127.0.0.1:82" }
        network office { 203.0.113.0/24 }
        list bots { "curl" "wget" }

        """

    /// The plan of `text`, which is sound; warnings are passed over.
    static func plan(_ text: String, now: Int64? = nil) throws -> Plan {
        let compilation = compile(
            Array(text.utf8), fileName: "test.policy", files: FilesOfFolder(Files.golden), now: now)
        #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
        let plan = try #require(compilation.plan)
        let image = plan.encoded()
        #expect(try Plan(decoding: image.span) == plan)
        return plan
    }

    /// The only site of ``frame`` with `parts` in it and a route for everything.
    static func site(_ parts: String, before: String = "") throws -> Site {
        try plan("\(frame)\(before)\nsite \"a.example\" {\n\(parts)\n  route \"/*\" { to = app }\n}\n").sites[0]
    }

    /// The condition that `text` is.
    static func condition(_ text: String) throws -> Condition {
        let site = try site("  rules {\n    log \"it\" when \(text)\n  }")
        return try #require(site.rules[0].condition)
    }

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
