/// Which records somebody looks for. Every part that is given must hold; of a part's values one is enough.
public struct RecordFilter: Sendable {
    /// Records of this moment and later.
    public var from: Timestamp?

    /// Records before this moment.
    public var until: Timestamp?

    /// Requests of clients in one of these blocks.
    public var clients: [ClientBlock] = []

    /// Requests that were answered with one of these statuses.
    public var statuses: [StatusPattern] = []

    /// Requests for one of these sites, by its name in the log or by the host asked for.
    public var sites: [TextPattern] = []

    /// Requests whose path is like one of these.
    public var paths: [TextPattern] = []

    /// Requests with one of these methods.
    public var methods: [String] = []

    /// Requests with one of these reasons.
    public var reasons: [TextPattern] = []

    /// Requests to which a rule like one of these applied: of the policy by its name, of a firewall by its number.
    public var rules: [TextPattern] = []

    /// Requests that were let through (`allow`) or refused (`deny`).
    public var actions: [String] = []

    /// The request with one of these reference ids.
    public var identifiers: [String] = []

    /// Events like one of these.
    public var events: [TextPattern] = []

    /// A filter that lets every record through.
    public init() {}

    /// Whether `line` is looked for.
    public func matches(_ line: borrowing RecordLine) -> Bool {
        if let from, line.time < from { return false }
        if let until, line.time >= until { return false }
        return matchesRequest(line) && like(line, .reason, reasons) && like(line, .event, events) && matchesRules(line)
    }

    private func matchesRequest(_ line: borrowing RecordLine) -> Bool {
        if !methods.isEmpty && !has(line, .method, methods) { return false }
        if !actions.isEmpty && !has(line, .action, actions) { return false }
        if !identifiers.isEmpty && !has(line, .id, identifiers) { return false }
        if !statuses.isEmpty {
            guard let status = line.number(.status), statuses.contains(where: { $0.matches(status) }) else {
                return false
            }
        }
        if !clients.isEmpty {
            guard let text = line.text(.client), let client = ClientAddress(text.span) else { return false }
            if !clients.contains(where: { $0.contains(client) }) { return false }
        }
        return (like(line, .site, sites) || like(line, .host, sites)) && like(line, .path, paths)
    }

    private func matchesRules(_ line: borrowing RecordLine) -> Bool {
        if rules.isEmpty { return true }
        let names = line.texts(.ruleNames) ?? []
        let numbers = (line.numbers(.rules) ?? []).map { Array("\($0)".utf8) }
        return (names + numbers).contains { rule in rules.contains { $0.matches(rule) } }
    }

    private func has(_ line: borrowing RecordLine, _ field: RecordField, _ values: [String]) -> Bool {
        for value in values where line.has(field, Array(value.utf8)) { return true }
        return false
    }

    private func like(_ line: borrowing RecordLine, _ field: RecordField, _ patterns: [TextPattern]) -> Bool {
        if patterns.isEmpty { return true }
        guard let text = line.text(field) else { return false }
        return patterns.contains { $0.matches(text) }
    }
}
