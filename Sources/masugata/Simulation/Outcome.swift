import HTTPModel
import Match
import Plan

/// What became of a simulated request.
struct Outcome {
    /// The request in canonical form, as conditions see it; nil when it was malformed.
    struct Canonical: Equatable {
        let method: String
        let host: String
        let path: String

        /// Without its `?`; nil when there is none.
        let query: String?
    }

    /// What becomes of it.
    enum End: Equatable {
        /// It is refused for this reason, perhaps by the rule with this name.
        case refused(code: String, status: UInt16, rule: String?)

        /// The appliance answers itself.
        case answered(status: UInt16)

        /// The client is sent elsewhere.
        case redirected(status: UInt16, location: String)

        /// It is passed to a server of the pool with this number.
        case passed(pool: Int)
    }

    /// The request in canonical form.
    var canonical: Canonical?

    /// What was looked at, in order; nothing when the request was malformed.
    var steps: [DecisionStep] = []

    /// What was decided; nil when the request was malformed.
    var decision: Decision?

    /// The plan-wide numbers of the rules that only log and whose conditions hold.
    var noted: [Int] = []

    /// The name of the rule that decided; nil when none did.
    var rule: String?

    /// What becomes of it.
    var end: End

    /// What its server would receive; nil when it is not passed on.
    var upstream: UpstreamRequest?

    /// The status of the appliance's own answer; nil when a server answers.
    var status: UInt16? {
        switch end {
        case .refused(_, let status, _), .answered(let status), .redirected(let status, _): status
        case .passed: nil
        }
    }

    /// The reason that stands in the record: `rule.NAME` where a rule decided, or else the code of a refusal.
    var reason: String? {
        if let rule { return "rule.\(rule)" }
        if case .refused(let code, _, _) = end { return code }
        return nil
    }
}

/// The head of a request as a server receives it.
struct UpstreamRequest: Equatable {
    /// The lines, without their ends.
    let lines: [String]

    /// The head `bytes`.
    init(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0x0a).map { line in
            String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
        }
        lines = parts.filter { !$0.isEmpty }
    }

    /// The path, without the query.
    var path: String {
        let target = lines.first?.split(separator: " ").dropFirst().first ?? ""
        return String(target.prefix { $0 != "?" })
    }

    /// The values of the field lines with this name.
    func values(of name: String) -> [String] {
        lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                return nil
            }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
    }
}
