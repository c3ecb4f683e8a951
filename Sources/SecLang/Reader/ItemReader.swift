/// One `name` or `name:value` of a list of targets or actions.
struct Item {
    let name: PlacedText

    /// What stands behind the colon, its quotes removed; nil when there is no colon, or nothing behind it.
    let value: PlacedText?
}

/// Cuts a list of targets or of actions into its items, as mod_security2 does: separated by `,` or `|`, a value in
/// single quotes may hold both, and `\'` and `\\` in it are the second byte.
struct ItemReader {
    private let text: PlacedText
    private let log: RuleLog
    private var position = 0

    init(_ text: PlacedText, _ log: RuleLog) {
        self.text = text
        self.log = log
    }

    /// All items; nil when the list is not what it should be.
    mutating func items() -> [Item]? {
        var items: [Item] = []
        skipBlanks()
        while position < text.count {
            let start = position
            while position < text.count, !isSeparator(text.bytes[position]), text.bytes[position] != UInt8(ascii: ":"),
                !PlacedText.isBlank(text.bytes[position])
            { position += 1 }
            let name = text[start..<position]
            if name.isEmpty {
                log.error(text[position..<(position + 1)], "there is a name missing before this")
                return nil
            }
            if position < text.count && text.bytes[position] == UInt8(ascii: ":") {
                position += 1
                guard let value = value() else { return nil }
                items.append(Item(name: name, value: value.text.isEmpty && !value.isQuoted ? nil : value.text))
            } else {
                items.append(Item(name: name, value: nil))
            }
            if !passSeparator() { return nil }
        }
        return items
    }

    private mutating func value() -> (text: PlacedText, isQuoted: Bool)? {
        if position < text.count && text.bytes[position] == UInt8(ascii: "'") { return quoted().map { ($0, true) } }
        let start = position
        while position < text.count, !isSeparator(text.bytes[position]), !PlacedText.isBlank(text.bytes[position]) {
            position += 1
        }
        return (text[start..<position], false)
    }

    private mutating func quoted() -> PlacedText? {
        let opening = position
        let quote = UInt8(ascii: "'")
        let backslash = UInt8(ascii: "\\")
        position += 1
        var value = PlacedText(at: text.places[opening] + 1)
        while position < text.count && text.bytes[position] != quote {
            if text.bytes[position] == backslash {
                guard position + 1 < text.count, [quote, backslash].contains(text.bytes[position + 1]) else {
                    log.error(
                        text[position..<(position + 1)], "a backslash in single quotes stands before ' or \\ alone",
                        hint: "write '\\\\' for the backslash itself")
                    return nil
                }
                position += 1
            }
            value.append(text.bytes[position], at: text.places[position])
            position += 1
        }
        if position == text.count {
            log.error(
                text[opening..<(opening + 1)], "the single quotes that open here are not closed",
                hint: "add ', or write \\' for one that belongs to the text")
            return nil
        }
        position += 1
        return value
    }

    /// Passes one separator with the white space around it; false when there is something else.
    private mutating func passSeparator() -> Bool {
        skipBlanks()
        if position == text.count { return true }
        if !isSeparator(text.bytes[position]) {
            log.error(
                text[position..<(position + 1)], "there is a separator missing before this",
                hint: "separate by ',' or '|', or put a text with white space into single quotes")
            return false
        }
        position += 1
        skipBlanks()
        return true
    }

    private mutating func skipBlanks() {
        while position < text.count && PlacedText.isBlank(text.bytes[position]) { position += 1 }
    }

    private func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") }
}
