import Bytes

/// Reads what `setvar`, `expirevar` and `initcol` say.
struct AssignmentParser {
    let log: RuleLog

    /// `tx.score=+5`, `tx.seen`, `!ip.counter`.
    func assignment(_ text: PlacedText) -> Assignment? {
        let isRemoval = text.bytes.first == UInt8(ascii: "!")
        let text = isRemoval ? text.from(1) : text
        let equals = text.firstIndex(of: UInt8(ascii: "="))
        guard let (collection, name) = variable(text.before(equals ?? text.count)) else { return nil }
        guard let equals else {
            // mod_security2: without a value it is 1.
            let operation: Assignment.Operation = isRemoval ? .remove : .set(MacroText([UInt8(ascii: "1")]))
            return Assignment(collection: collection, name: name, operation: operation)
        }
        if isRemoval {
            log.error(text.from(equals), "what is removed takes no value")
            return nil
        }
        return operation(text.from(equals + 1)).map {
            Assignment(collection: collection, name: name, operation: $0)
        }
    }

    private func operation(_ value: PlacedText) -> Assignment.Operation? {
        let sign = value.bytes.first
        let isRelative = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        guard let text = MacroParser(log: log).parse(isRelative ? value.from(1) : value) else { return nil }
        if !isRelative { return .set(text) }
        if let literal = text.literal, literal.isEmpty || !literal.allSatisfy(ASCII.isDigit) {
            log.error(
                value, "'\(value.string)' is no number to add or subtract", hint: "write as =+5, or =+%{tx.score}")
            return nil
        }
        return sign == UInt8(ascii: "+") ? .add(text) : .subtract(text)
    }

    /// `ip.counter=60`.
    func expiry(_ text: PlacedText) -> Expiry? {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals + 1 < text.count else {
            log.error(text, "expirevar says in how many seconds", hint: "write as expirevar:ip.counter=60")
            return nil
        }
        let value = text.from(equals + 1)
        guard let (collection, name) = variable(text.before(equals)), let seconds = MacroParser(log: log).parse(value)
        else { return nil }
        if seconds.literal != nil && value.number == nil {
            log.error(value, "'\(value.string)' is no number of seconds")
            return nil
        }
        return Expiry(collection: collection, name: name, seconds: seconds)
    }

    /// `ip=%{REMOTE_ADDR}`.
    func collection(_ text: PlacedText) -> RuleAction? {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals + 1 < text.count else {
            log.error(text, "initcol says of which key", hint: "write as initcol:ip=%{REMOTE_ADDR}")
            return nil
        }
        guard let collection = collectionName(text.before(equals)) else { return nil }
        switch collection {
        case .tx:
            log.error(text.before(equals), "TX belongs to each exchange and is always there")
            return nil
        case .session, .user:
            let action = collection == .session ? "setsid" : "setuid"
            log.error(text.before(equals), "\(collection.rawValue) begins with \(action)", hint: "write \(action):key")
            return nil
        case .global, .ip, .resource:
            return MacroParser(log: log).parse(text.from(equals + 1)).map {
                .initializeCollection(collection, key: $0)
            }
        }
    }

    private func variable(_ text: PlacedText) -> (CollectionName, MacroText)? {
        guard let dot = text.firstIndex(of: UInt8(ascii: ".")), dot + 1 < text.count else {
            log.error(text, "a variable is written with its collection", hint: "write as tx.name")
            return nil
        }
        guard let collection = collectionName(text.before(dot)),
            let name = MacroParser(log: log).parse(text.from(dot + 1))
        else { return nil }
        return (collection, name)
    }

    private func collectionName(_ text: PlacedText) -> CollectionName? {
        if let name = CollectionName(rawValue: text.word) { return name }
        let names = CollectionName.allCases.map(\.rawValue)
        log.error(
            text, "'\(text.string)' is no collection that rules can write to",
            hint: NearestWord.hint(text.string, among: names) ?? "known are \(names.joined(separator: ", "))")
        return nil
    }
}
