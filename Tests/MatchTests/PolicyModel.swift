/// A small policy as a test thinks of it: its text for the compiler, and beside it what it means, said in the plainest
/// way. Nothing here knows of plans and tables.
struct PolicyModel {
    var sites: [SiteModel] = []
    var networks: [NetworkModel] = []

    static let pools = ["p0", "p1", "p2", "p3"]

    /// The listen blocks: `web` has https, `old` has http, `both` has https and redirects http to it.
    static let listens = ["web", "old", "both"]

    var text: String {
        """
        listen web { https = ["127.0.0.1:443"]  tls = main }
        listen old { http = ["127.0.0.1:81"] }
        listen both { https = ["127.0.0.1:8443"]  http_redirect = ["127.0.0.1:80"]  tls = main }
        tls main { certificate = "a.pem"  key = "a.key" }
        zone = "UTC"
        \(PolicyModel.pools.enumerated().map { "pool \($1) { server \"127.0.0.1:\(9_000 + $0)\" }" }.joined(separator: "\n"))
        \(networks.enumerated().map { "network n\($0) { \($1.text) }" }.joined(separator: "\n"))
        \(sites.map(\.text).joined(separator: "\n"))

        """
    }
}

/// A network of IPv4 addresses that begin with the same bits.
struct NetworkModel {
    var first: UInt32
    var length: Int

    var text: String { "\(NetworkModel.dotted(first))/\(length)" }

    func contains(_ address: UInt32) -> Bool { length == 0 || address >> (32 - length) == first >> (32 - length) }

    static func dotted(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { "\(address >> $0 & 255)" }.joined(separator: ".")
    }
}

struct SiteModel {
    /// `a.test`, `*.a.test` or `*`.
    var names: [String]
    /// The listen blocks that it is on.
    var on: [String]
    var rules: [RuleModel]
    var routes: [RouteModel]

    var text: String {
        """
        site \(names.map { "\"\($0)\"" }.joined(separator: " ")) {
          on = [\(on.joined(separator: ", "))]
          \(RuleModel.text(rules))
          \(routes.map(\.text).joined(separator: "\n  "))
        }
        """
    }
}

/// A condition: how it is written, and when it holds.
struct ConditionModel {
    var text: String
    var holds: (RequestModel) -> Bool
}

struct RuleModel {
    enum Action {
        case log, allow
        case deny(status: Int?)
        case redirect(status: Int?)
        case respond(status: Int?)
    }

    var name: String
    var condition: ConditionModel?
    var action: Action

    var text: String {
        let when = condition.map { " when \($0.text)" } ?? ""
        func line(_ word: String, _ rest: String, _ status: Int?) -> String {
            "\(word) \"\(name)\"\(when)\(rest)\(status.map { "  status = \($0)" } ?? "")"
        }
        switch action {
        case .log: return line("log", "", nil)
        case .allow: return line("allow", "", nil)
        case .deny(let status): return line("deny", "", status)
        case .redirect(let status): return line("redirect", "  to = \"/\(name)\"", status)
        case .respond(let status): return line("respond", "  body = \"\(name)\"", status)
        }
    }

    static func text(_ rules: [RuleModel]) -> String {
        rules.isEmpty ? "" : "rules {\n    \(rules.map(\.text).joined(separator: "\n    "))\n  }"
    }
}

struct RouteModel {
    enum Action {
        case pool(Int)
        case redirect(name: String, status: Int?)
        case respond(name: String, status: Int?)
        case maintenance(except: [Int], pool: Int?, minutes: Int?)
        /// One pool with its share in percent, another with the rest.
        case split(Int, percent: Int, Int, by: String, forced: [String: Int])
    }

    /// With a final `*` for all below.
    var path: String
    var condition: ConditionModel?
    /// None for all.
    var methods: [String]
    /// None for everybody.
    var from: [Int]
    var rules: [RuleModel]
    var action: Action

    var text: String {
        var parts: [String] = []
        if !methods.isEmpty { parts.append("methods = [\(methods.joined(separator: ", "))]") }
        if !from.isEmpty { parts.append("from = [\(RouteModel.networks(from))]") }
        switch action {
        case .pool(let pool): parts.append("to = p\(pool)")
        case .redirect(let name, let status):
            parts.append("redirect = \"/\(name)\"\(status.map { "  status = \($0)" } ?? "")")
        case .respond(let name, let status):
            parts.append("respond { body = \"\(name)\"\(status.map { "  status = \($0)" } ?? "") }")
        case .maintenance(let except, let pool, let minutes):
            let others = except.isEmpty ? "" : "except = [\(RouteModel.networks(except))]  "
            parts.append("maintenance { \(others)\(minutes.map { "retry_after = \($0)m" } ?? "") }")
            if let pool { parts.append("to = p\(pool)") }
        case .split(let one, let percent, let other, let by, let forced):
            let values = forced.sorted { $0.key < $1.key }.map { "\"\($0.key)\" = p\($0.value)" }
            let force = values.isEmpty ? "" : "  force { \(values.joined(separator: "  ")) }"
            parts.append("split { to = [p\(one) \(percent)%, p\(other) \(100 - percent)%]  by = \(by)\(force) }")
        }
        parts.append(RuleModel.text(rules))
        let when = condition.map { " when \($0.text)" } ?? ""
        return "route \"\(path)\"\(when) { \(parts.joined(separator: "  ")) }"
    }

    private static func networks(_ numbers: [Int]) -> String { numbers.map { "n\($0)" }.joined(separator: ", ") }
}

/// A request as a test thinks of it.
struct RequestModel {
    /// The listen block, and whether it comes by its http_redirect.
    var listen = "web"
    var isRedirected = false
    var method = "GET"
    /// In canonical form.
    var path = "/"
    var parameters: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var cookies: [(name: String, value: String)] = []
    var host = "a.test"
    var client: UInt32 = 0
    var isOldTLS = false
    /// Seconds since 1970.
    var time = 0

    var isSecure: Bool { listen != "old" && !isRedirected }

    func values(_ name: String, in pairs: [(name: String, value: String)]) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }
}
