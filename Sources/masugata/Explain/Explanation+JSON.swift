import Plan

extension Explanation {
    /// The explanation for programs: what ``description`` says, with the result taken apart.
    var json: JSONValue {
        var members = [
            JSONValue.Member("way", .list(way.map(object))), JSONValue.Member("conclusion", .list(end.map(object))),
            JSONValue.Member("result", result),
        ]
        if let canonical = outcome.canonical { members.append(JSONValue.Member("canonical", Explanation.object(canonical))) }
        if let upstream = outcome.upstream {
            members.append(JSONValue.Member("server_receives", .list(upstream.lines.map { .text($0) })))
        }
        if let response { members.append(JSONValue.Member("client_receives", .list(response.map { .text($0) }))) }
        return .object(members)
    }

    private var result: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ text: String?) {
            if let text { members.append(JSONValue.Member(name, .text(text))) }
        }
        switch outcome.end {
        case .refused: add("end", "refused")
        case .answered: add("end", "answered")
        case .redirected(_, let location):
            add("end", "redirected")
            add("location", location)
        case .passed(let pool):
            add("end", "passed")
            add("pool", plan.pools[pool].name)
        }
        if let status = outcome.status { members.append(JSONValue.Member("status", .number(UInt64(status)))) }
        add("reason", outcome.reason)
        add("rule", outcome.rule)
        return .object(members)
    }

    private func object(_ line: Line) -> JSONValue {
        var members = [JSONValue.Member("phase", .text(line.phase)), JSONValue.Member("text", .text(line.text))]
        if let position = line.position {
            let file = Int(position.file)
            if file > 0 && file < plan.sources.count {
                members.append(JSONValue.Member("file", .text(plan.sources[file])))
            }
            members.append(JSONValue.Member("line", .number(UInt64(position.line))))
        }
        return .object(members)
    }

    private static func object(_ canonical: Outcome.Canonical) -> JSONValue {
        var members = [
            JSONValue.Member("method", .text(canonical.method)), JSONValue.Member("host", .text(canonical.host)),
            JSONValue.Member("path", .text(canonical.path)),
        ]
        if let query = canonical.query { members.append(JSONValue.Member("query", .text(query))) }
        return .object(members)
    }
}
