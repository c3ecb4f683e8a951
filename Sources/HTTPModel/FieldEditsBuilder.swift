/// Lays out what ``FieldEdits`` holds.
struct FieldEditsBuilder {
    private(set) var lists: [FieldEditList] = []
    private(set) var lines: [FieldEditLine] = []
    private(set) var removedNames: [FieldEditLine] = []
    private(set) var text: [UInt8] = []

    /// What the changes of one name come to. Lines have the name as it was written for them.
    private struct Outcome {
        let name: [UInt8]
        var isRemoved = false
        var added: [FieldEdit] = []
        /// One at most.
        var provided: [FieldEdit] = []

        mutating func apply(_ edit: FieldEdit) {
            switch edit.operation {
            case .set:
                isRemoved = true
                added = [edit]
                provided = []
            case .add: added.append(edit)
            case .remove:
                isRemoved = true
                added = []
                provided = []
            case .provide:
                if !added.isEmpty || !provided.isEmpty { return }
                if isRemoved { added = [edit] } else { provided = [edit] }
            }
        }
    }

    /// Adds a list.
    mutating func add(_ edits: [FieldEdit]) {
        var outcomes: [Outcome] = []
        var numbers: [[UInt8]: Int] = [:]
        for edit in edits {
            let key = FieldEditsBuilder.lowercased(edit.name)
            if numbers[key] == nil {
                numbers[key] = outcomes.count
                outcomes.append(Outcome(name: edit.name))
            }
            if let number = numbers[key] { outcomes[number].apply(edit) }
        }
        var list = FieldEditList()
        addHost(outcomes, to: &list)
        addRemovals(outcomes, to: &list)
        addLines(outcomes, to: &list)
        lists.append(list)
    }

    /// `Host` stands first in a request, and there is exactly one: it is set, or stays.
    private mutating func addHost(_ outcomes: [Outcome], to list: inout FieldEditList) {
        guard let host = outcomes.first(where: { FieldEditsBuilder.isHost($0.name) })?.added.last else { return }
        list.hostStart = text.count
        text += host.value
        list.hostEnd = text.count
    }

    private mutating func addRemovals(_ outcomes: [Outcome], to list: inout FieldEditList) {
        list.firstRemovedName = removedNames.count
        for outcome in outcomes where outcome.isRemoved && !FieldEditsBuilder.isHost(outcome.name) {
            var line = FieldEditLine()
            line.name = FieldName(recognising: outcome.name.span)
            if line.name != .other && line.name != .xForwardedOther {
                list.removed.insert(line.name)
                continue
            }
            line.start = UInt32(text.count)
            line.nameCount = UInt16(outcome.name.count)
            text += outcome.name
            line.end = UInt32(text.count)
            removedNames.append(line)
        }
        list.endOfRemovedNames = removedNames.count
    }

    private mutating func addLines(_ outcomes: [Outcome], to list: inout FieldEditList) {
        list.firstLine = lines.count
        list.firstLineByte = text.count
        for outcome in outcomes where !FieldEditsBuilder.isHost(outcome.name) {
            for edit in outcome.added { addLine(edit, isProvided: false) }
        }
        list.endOfLineBytes = text.count
        for outcome in outcomes {
            for edit in outcome.provided { addLine(edit, isProvided: true) }
        }
        list.endOfLines = lines.count
    }

    private mutating func addLine(_ edit: FieldEdit, isProvided: Bool) {
        var line = FieldEditLine()
        line.name = FieldName(recognising: edit.name.span)
        line.isProvided = isProvided
        line.nameCount = UInt16(edit.name.count)
        line.start = UInt32(text.count)
        text += edit.name + Array(": ".utf8) + edit.value + Array("\r\n".utf8)
        line.end = UInt32(text.count)
        lines.append(line)
    }

    private static func isHost(_ name: [UInt8]) -> Bool { FieldName(recognising: name.span) == .host }

    private static func lowercased(_ name: [UInt8]) -> [UInt8] { name.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
}
