internal import Bytes

extension XMLParser {
    /// Takes the bytes of text from `start` on that stand for themselves, and gives the place behind them.
    mutating func takeText(
        _ bytes: Span<UInt8>, _ start: Int, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) -> Int {
        if behindCR || brackets > 0 { return start }
        var index = start
        var fault: BodyStop?
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "]") || byte == 0x0d {
                break
            }
            do { try check(byte) } catch {
                fault = error
                break
            }
            index &+= 1
        }
        let room = limits.valueLength - (store.front - textStart)
        let before = store.front
        defer { position &+= store.front &- before }
        try store.append(bytes.extracting(start..<min(index, start + max(room, 0))))
        if index - start > room { throw .limited(.valueLength) }
        if let fault { throw fault }
        // A character that is cut off by markup is found there.
        return index
    }

    /// Takes a byte between tags.
    mutating func takeContent(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if byte == UInt8(ascii: "<") {
            state = .open
            brackets = 0
            behindCR = false
        } else if elements.depth == 0 {
            if !XMLCharacter.isSpace(byte) { throw .malformed(.xmlOutsideRoot) }
        } else if byte == UInt8(ascii: "&") {
            beginReference()
        } else {
            if byte == UInt8(ascii: ">") && brackets >= 2 { throw .malformed(.xmlSectionEnd) }
            brackets = byte == UInt8(ascii: "]") ? brackets &+ 1 : 0
            try appendText(byte, limits, &store)
        }
    }

    /// Appends a byte of text; all line endings become LF (XML 1.0 section 2.11).
    mutating func appendText(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        let wasCR = behindCR
        behindCR = byte == 0x0d
        if byte == 0x0a && wasCR { return }
        try appendLimited(behindCR ? 0x0a : byte, from: textStart, limits, &store)
    }

    private mutating func appendLimited(
        _ byte: UInt8, from start: Int, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if store.front - start >= limits.valueLength { throw .limited(.valueLength) }
        try store.append(byte)
    }

    mutating func beginReference() {
        referenceReturn = state
        state = .reference
        reference = Reference()
        behindCR = false
        brackets = 0
    }

    /// Takes a byte of a reference, behind its ampersand.
    mutating func takeReference(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if byte != UInt8(ascii: ";") { return try reference.take(byte) }
        let encoded = UTF8Sequence(try reference.scalar())
        state = referenceReturn
        let start = state == .value ? valueStart : textStart
        for index in 0..<encoded.count { try appendLimited(encoded[index], from: start, limits, &store) }
    }

    /// Appends a byte of an attribute's value; white space becomes a blank (XML 1.0 section 3.3.3).
    mutating func appendValue(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        let wasCR = behindCR
        behindCR = byte == 0x0d
        if byte == 0x0a && wasCR { return }
        try appendLimited(XMLCharacter.isSpace(byte) ? 0x20 : byte, from: valueStart, limits, &store)
    }
}
