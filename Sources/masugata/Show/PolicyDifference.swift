/// What is different between two policies, block by block.
struct PolicyDifference: Equatable {
    /// A block that is not the same.
    struct Change: Equatable {
        enum Kind: String {
            case added, removed, changed
        }

        let kind: Kind
        let title: String

        /// The values that only the old policy has, and those that only the new one has.
        let removed: [PolicyEntry]
        let added: [PolicyEntry]
    }

    /// The changes: those of the new policy in its order, then what it has no more.
    let changes: [Change]

    /// Compares two policies. Where a value stands does not count, only what it is.
    init(from old: PolicyView, to new: PolicyView) {
        let known = Dictionary(old.sections.map { ($0.title, $0) }) { first, _ in first }
        let titles = Set(new.sections.map(\.title))
        var changes: [Change] = []
        for section in new.sections {
            guard let before = known[section.title] else {
                changes.append(Change(kind: .added, title: section.title, removed: [], added: section.entries))
                continue
            }
            let (removed, added) = PolicyDifference.entries(before, section)
            if removed.isEmpty && added.isEmpty { continue }
            changes.append(Change(kind: .changed, title: section.title, removed: removed, added: added))
        }
        for section in old.sections where !titles.contains(section.title) {
            changes.append(Change(kind: .removed, title: section.title, removed: section.entries, added: []))
        }
        self.changes = changes
    }

    /// The entries that only one of two sections has. When both have the same in another order, which decides among
    /// rules, all that changed place counts.
    private static func entries(
        _ old: PolicySection, _ new: PolicySection
    ) -> (removed: [PolicyEntry], added: [PolicyEntry]) {
        let before = old.entries.map(Value.init)
        let after = new.entries.map(Value.init)
        let oldValues = Set(before)
        let newValues = Set(after)
        if oldValues != newValues || before.count != after.count {
            return (
                old.entries.filter { !newValues.contains(Value($0)) },
                new.entries.filter { !oldValues.contains(Value($0)) }
            )
        }
        let moved = before.indices.filter { before[$0] != after[$0] }
        return (moved.map { old.entries[$0] }, moved.map { new.entries[$0] })
    }

    /// An entry without its origin.
    private struct Value: Hashable {
        let word: String
        let value: String

        init(_ entry: PolicyEntry) {
            word = entry.word
            value = entry.value
        }
    }
}
