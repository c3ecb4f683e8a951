internal import Bytes

extension XMLParser {
    /// Takes a byte of a start or end tag, attributes aside.
    mutating func takeTag(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        switch state {
        case .open: try takeOpen(byte, limits, &store)
        case .startName:
            if XMLCharacter.isName(byte) { return try elements.append(byte, limits) }
            try takeInTag(byte, isSpaced: false, limits, &store)
        case .inTag: try takeInTag(byte, isSpaced: true, limits, &store)
        case .emptyTag:
            if byte != UInt8(ascii: ">") { throw .malformed(.xmlMarkup) }
            closeElement()
        case .endStart:
            if !XMLCharacter.beginsName(byte) { throw .malformed(.xmlName) }
            state = .endName
            try elements.match(byte)
        case .endName:
            if XMLCharacter.isName(byte) { return try elements.match(byte) }
            try elements.endMatch()
            try takeEndTagEnd(byte)
        default: try takeEndTagEnd(byte)
        }
    }

    /// The byte behind a `<`.
    private mutating func takeOpen(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        switch byte {
        case UInt8(ascii: "/"):
            try elements.beginMatch()
            state = .endStart
        case UInt8(ascii: "!"): state = .bang
        case UInt8(ascii: "?"):
            state = .instructionStart
            isDeclaration = false
        default:
            if !XMLCharacter.beginsName(byte) { throw .malformed(.xmlMarkup) }
            if elements.depth == 0 && hasRoot { throw .malformed(.xmlOutsideRoot) }
            hasRoot = true
            try elements.open()
            try elements.append(byte, limits)
            attributes = 0
            firstAttribute = store.count
            state = .startName
        }
    }

    /// A byte behind an element's name or white space in its tag.
    private mutating func takeInTag(
        _ byte: UInt8, isSpaced: Bool, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if XMLCharacter.isSpace(byte) {
            state = .inTag
        } else if byte == UInt8(ascii: ">") {
            state = .content
        } else if byte == UInt8(ascii: "/") {
            state = .emptyTag
        } else {
            if !isSpaced || !XMLCharacter.beginsName(byte) { throw .malformed(.xmlAttribute) }
            if attributes >= limits.attributes { throw .limited(.attributes) }
            attributeStart = store.front
            state = .attributeName
            try store.append(byte)
        }
    }

    private mutating func takeEndTagEnd(_ byte: UInt8) throws(BodyStop) {
        if byte == UInt8(ascii: ">") { return closeElement() }
        if !XMLCharacter.isSpace(byte) { throw .malformed(.xmlMarkup) }
        state = .behindEndName
    }

    private mutating func closeElement() {
        elements.close()
        state = .content
    }

    /// Takes a byte of an attribute, behind the first of its name.
    mutating func takeAttribute(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        switch state {
        case .attributeName:
            if !XMLCharacter.isName(byte) { return try takeBehindAttributeName(byte) }
            if store.front - attributeStart >= limits.nameLength { throw .limited(.nameLength) }
            try store.append(byte)
        case .behindAttributeName: try takeBehindAttributeName(byte)
        case .beforeValue:
            if XMLCharacter.isSpace(byte) { return }
            if byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'") { throw .malformed(.xmlAttribute) }
            quote = byte
            valueStart = store.front
            attributeOrigin = position &+ 1
            behindCR = false
            state = .value
        case .value: try takeValue(byte, limits, &store)
        default: try takeInTag(byte, isSpaced: false, limits, &store)
        }
    }

    private mutating func takeBehindAttributeName(_ byte: UInt8) throws(BodyStop) {
        if byte == UInt8(ascii: "=") {
            state = .beforeValue
        } else if XMLCharacter.isSpace(byte) {
            state = .behindAttributeName
        } else {
            throw .malformed(.xmlAttribute)
        }
    }

    private mutating func takeValue(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        if byte == quote {
            try enterAttribute(&store)
            state = .behindValue
        } else if byte == UInt8(ascii: "&") {
            beginReference()
        } else if byte == UInt8(ascii: "<") {
            throw .malformed(.xmlAttribute)
        } else {
            try appendValue(byte, limits, &store)
        }
    }

    /// Enters the attribute that was built at the store's front, where the text goes on: its bytes move to the back.
    mutating func enterAttribute(_ store: inout ValueStore) throws(BodyStop) {
        let nameCount = valueStart - attributeStart
        valueStart = -1
        let hash = KeySet.hash(store.bytes.span(attributeStart, attributeStart + nameCount), seed)
        for index in 0..<attributes where hashes[index] == hash { throw .malformed(.xmlAttributeDuplicate) }
        hashes[attributes] = hash
        attributes += 1
        let end = store.back
        let start = store.moveToBack(from: attributeStart)
        let name = start..<(start + nameCount)
        let kind = isNamespace(store.bytes.span(name.lowerBound, name.upperBound))
        try store.add(
            ValueEntry(
                kind ? .xmlNamespace : .xmlAttribute, name: name, value: name.upperBound..<end,
                origin: attributeOrigin..<max(attributeOrigin, position)))
    }

    /// Whether an attribute of this name declares a namespace.
    private func isNamespace(_ name: Span<UInt8>) -> Bool {
        let prefix: StaticString = "xmlns"
        let count = prefix.utf8CodeUnitCount
        if name.count < count || !ASCII.equal(name.extracting(0..<count), prefix) { return false }
        return name.count == count || name[count] == UInt8(ascii: ":")
    }
}
