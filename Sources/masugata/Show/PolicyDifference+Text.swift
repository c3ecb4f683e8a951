extension PolicyDifference {
    /// For people: each block, with what it had behind `-` and what it has now behind `+`.
    var text: String {
        if changes.isEmpty { return "no difference" }
        return changes.map { change in
            ([heading(change)] + lines(change)).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private func heading(_ change: Change) -> String {
        switch change.kind {
        case .added: "\(change.title): new"
        case .removed: "\(change.title): removed"
        case .changed: change.title
        }
    }

    private func lines(_ change: Change) -> [String] {
        // What is the default of a block that comes or goes, nobody looks for.
        let isWhole = change.kind != .changed
        func line(_ sign: String, _ entry: PolicyEntry) -> String? {
            isWhole && entry.origin.hasPrefix(PolicyView.standard) ? nil : "  \(sign) \(entry.word) = \(entry.value)"
        }
        return change.removed.compactMap { line("-", $0) } + change.added.compactMap { line("+", $0) }
    }

    /// For programs.
    var json: JSONValue {
        func values(_ entries: [PolicyEntry]) -> JSONValue {
            .list(
                entries.map {
                    .object([JSONValue.Member("word", .text($0.word)), JSONValue.Member("value", .text($0.value))])
                })
        }
        return .list(
            changes.map { change in
                .object([
                    JSONValue.Member("change", .text(change.kind.rawValue)),
                    JSONValue.Member("block", .text(change.title)),
                    JSONValue.Member("removed", values(change.removed)),
                    JSONValue.Member("added", values(change.added)),
                ])
            })
    }
}
