extension AttestationReport {
    /// For people: a line for each process, and one for each fact that does not hold.
    var text: String {
        processes.map { process in
            let kept = process.facts.count { $0.verdict == .holds }
            var lines = ["\(process.name) (pid \(process.pid)): \(kept) of \(process.facts.count) facts hold"]
            for fact in process.facts where fact.verdict != .holds {
                lines.append(
                    "    \(AttestationReport.word(fact.verdict)) \(fact.name): promised \(fact.promised); found \(fact.found)"
                )
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n") + "\n" + summary
    }

    private var summary: String {
        let facts = processes.flatMap(\.facts)
        switch outcome {
        case .kept: return "All that is promised holds (\(facts.count) facts of \(processes.count) processes)."
        case .broken: return "\(facts.count { $0.verdict == .differs }) facts differ from what is promised."
        case .unseen:
            return
                "Nothing differs, but \(facts.count { $0.verdict == .unseen }) facts are not visible; attest as root."
        }
    }

    private static func word(_ verdict: Fact.Verdict) -> String {
        switch verdict {
        case .holds: "holds:"
        case .differs: "DIFFERS:"
        case .conceded: "not to be had on this host:"
        case .unseen: "not seen:"
        }
    }

    /// For programs: every fact of every process.
    var json: JSONValue {
        .object([
            JSONValue.Member("outcome", .text("\(outcome)")),
            JSONValue.Member(
                "processes",
                .list(
                    processes.map { process in
                        .object([
                            JSONValue.Member("name", .text(process.name)),
                            JSONValue.Member("pid", .number(UInt64(max(0, process.pid)))),
                            JSONValue.Member("facts", .list(process.facts.map(\.json))),
                        ])
                    })),
        ])
    }
}

extension Fact {
    fileprivate var json: JSONValue {
        .object([
            JSONValue.Member("fact", .text(name)), JSONValue.Member("promised", .text(promised)),
            JSONValue.Member("found", .text(found)), JSONValue.Member("verdict", .text(verdict.rawValue)),
        ])
    }
}
