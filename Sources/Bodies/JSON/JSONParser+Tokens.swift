internal import Bytes

// Strings.
extension JSONParser {
    mutating func beginString(isKey: Bool) {
        self.isKey = isKey
        state = .string
        utf8 = UTF8Validator()
    }

    /// Takes the bytes of a string up to its end, an escape, or the end of what is here.
    mutating func takeString(
        _ bytes: Span<UInt8>, _ start: Int, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            if (byte >= 0x80 || !utf8.isComplete) && !utf8.accept(byte) { break }
            index &+= 1
        }
        let before = position
        try take(bytes.extracting(start..<index), limits, &store)
        if index == bytes.count { return index }
        position = before &+ (index &- start)
        let byte = bytes[index]
        if byte >= 0x80 || !utf8.isComplete { throw .malformed(.jsonUTF8) }
        if byte < 0x20 { throw .malformed(.jsonControl) }
        if byte == UInt8(ascii: "\\") {
            state = .escape
        } else if byte == UInt8(ascii: "\"") {
            try endString(&store, &report)
        } else {
            throw .malformed(.jsonUTF8)
        }
        position = before
        return index &+ 1
    }

    private mutating func endString(
        _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if !isKey { return try endValue(.text, position, &store, &report) }
        state = .colon
        switch JSONParser.insert(path, into: &keys) {
        case .new: break
        case .duplicate: report.flags.insert(.duplicateKey)
        case .unknown: report.flags.insert(.uncheckedKeys)
        }
    }

    private static func insert(_ path: borrowing JSONPath, into keys: inout KeySet) -> KeySet.Insertion {
        keys.insert(path.key, path.top.serial)
    }

    private mutating func take(
        _ run: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if isKey {
            for index in run.indices {
                do { try path.append(run[index]) } catch {
                    position &+= index
                    throw error
                }
            }
            return
        }
        let before = store.front
        let room = limits.valueLength - (before - valueStart)
        do { try store.append(run.extracting(0..<min(run.count, room))) } catch {
            position &+= store.front &- before
            throw error
        }
        if run.count > room {
            position &+= room
            throw .limited(.valueLength)
        }
    }

    private mutating func take(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if isKey { return try path.append(byte) }
        if store.front - valueStart >= limits.valueLength { throw .limited(.valueLength) }
        try store.append(byte)
    }

    /// Takes a byte of an escape.
    mutating func takeEscape(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        switch state {
        case .escape: try beginEscape(byte, limits, &store)
        case .lowBackslash:
            if byte != UInt8(ascii: "\\") { throw .malformed(.jsonSurrogate) }
            state = .lowU
        case .lowU:
            if byte != UInt8(ascii: "u") { throw .malformed(.jsonSurrogate) }
            beginUnit()
        default:
            guard let digit = ASCII.hexadecimalValue(byte) else { throw .malformed(.jsonEscape) }
            unit = unit << 4 | UInt32(digit)
            digits &+= 1
            if digits == 4 { try endUnit(limits, &store) }
        }
    }

    private mutating func beginEscape(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        let meaning: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = byte
        case UInt8(ascii: "b"): meaning = 0x08
        case UInt8(ascii: "f"): meaning = 0x0c
        case UInt8(ascii: "n"): meaning = 0x0a
        case UInt8(ascii: "r"): meaning = 0x0d
        case UInt8(ascii: "t"): meaning = 0x09
        case UInt8(ascii: "u"):
            highSurrogate = 0
            return beginUnit()
        default: throw .malformed(.jsonEscape)
        }
        try take(meaning, limits, &store)
        state = .string
    }

    private mutating func beginUnit() {
        state = .unicode
        unit = 0
        digits = 0
    }

    private mutating func endUnit(_ limits: BodyLimits, _ store: inout ValueStore) throws(BodyStop) {
        let isLow = unit >> 10 == 0xdc00 >> 10
        if isLow != (highSurrogate != 0) { throw .malformed(.jsonSurrogate) }
        if unit >> 10 == 0xd800 >> 10 {
            highSurrogate = unit
            state = .lowBackslash
            return
        }
        let scalar = isLow ? 0x1_0000 + (highSurrogate & 0x3ff) << 10 + (unit & 0x3ff) : unit
        highSurrogate = 0
        state = .string
        let encoded = UTF8Sequence(scalar)
        for index in 0..<encoded.count { try take(encoded[index], limits, &store) }
    }
}

// Numbers and literals.
extension JSONParser {
    /// Takes a byte behind the first of a number; false when the number ended before it.
    mutating func takeNumber(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) -> Bool {
        guard let next = after(byte) else {
            if !number.isComplete || ASCII.isDigit(byte) { throw .malformed(.jsonNumber) }
            try endValue(.number, position, &store, &report)
            return false
        }
        if store.front - valueStart >= limits.valueLength { throw .limited(.valueLength) }
        number = next
        try store.append(byte)
        return true
    }

    /// Where `byte` takes a number; nil when it does not belong to it.
    private func after(_ byte: UInt8) -> Number? {
        let isDigit = ASCII.isDigit(byte)
        switch number {
        case .minus: return isDigit ? (byte == UInt8(ascii: "0") ? .zero : .integer) : nil
        case .zero, .integer:
            if isDigit { return number == .integer ? .integer : nil }
            if byte == UInt8(ascii: ".") { return .point }
            return byte | 0x20 == UInt8(ascii: "e") ? .exponent : nil
        case .point: return isDigit ? .fraction : nil
        case .fraction:
            if isDigit { return .fraction }
            return byte | 0x20 == UInt8(ascii: "e") ? .exponent : nil
        case .exponent:
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { return .sign }
            return isDigit ? .power : nil
        case .sign, .power: return isDigit ? .power : nil
        }
    }

    mutating func beginLiteral(
        _ word: Literal, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        literal = word
        literalMatched = 0
        state = .literal
        try takeLiteral(word.text.bytes[0], &store, &report)
    }

    /// Takes a byte of `true`, `false` or `null`.
    mutating func takeLiteral(
        _ byte: UInt8, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let text = literal.text.bytes
        if byte != text[literalMatched] { throw .malformed(.jsonToken) }
        try store.append(byte)
        literalMatched &+= 1
        if literalMatched == text.count {
            try endValue(literal == .null ? .null : .boolean, position &+ 1, &store, &report)
        }
    }
}
