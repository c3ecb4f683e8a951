internal import Bytes

/// XML 1.0, without validation: what is well-formed is read, nothing is expanded or fetched.
///
/// All text of the document becomes one value, as XPath's `/*` gives it, every attribute one of its own, as `//@*`
/// gives them. A document type declaration is skipped: entities that it defines are not defined here, so that
/// references to them are faults.
struct XMLParser: ~Copyable {
    /// What may come next.
    enum State: UInt8 {
        case mark, content
        case open, startName, inTag, attributeName, behindAttributeName, beforeValue, value, behindValue, emptyTag
        case endStart, endName, behindEndName
        case bang, commentStart, comment, commentHyphen, commentEnd
        case sectionStart, section
        case doctypeStart, doctype
        case instructionStart, target, instruction, instructionEnd
        case reference
    }

    var state = State.mark
    var elements: ElementStack
    var hasRoot = false
    var textStart = 0

    // The attribute that is being read, and those of the same element.
    var quote: UInt8 = 0
    var attributeStart = 0
    var attributeOrigin = 0
    var valueStart = -1
    var attributes = 0
    var hashes: Slab<UInt64>
    var firstAttribute = 0
    let seed: UInt64

    // Text.
    /// Closing brackets in a row.
    var brackets = 0
    /// Whether the last byte was a CR, with which a LF is one line ending.
    var behindCR = false
    var reference = Reference()
    /// Where a reference leads back to.
    var referenceReturn = State.content

    // Characters.
    var utf8 = UTF8Validator()
    var checksUTF8 = true
    /// The last bytes above ASCII, the latest lowest.
    var recent: UInt32 = 0

    // Markup other than tags.
    /// How much of a keyword, or of the target `xml`, was seen.
    var matched = 0
    var targetLength = 0
    var isDeclaration = false
    /// Where the XML declaration would stand.
    var declarationPlace = 0
    var markBytes: UInt8 = 0
    var doctype = DoctypeSkipper()
    var hasDoctype = false

    var position = 0

    init(_ limits: BodyLimits, seed: UInt64) {
        elements = ElementStack(limits)
        hashes = Slab(capacity: limits.attributes, repeating: 0)
        self.seed = seed
    }

    /// Starts a document; `front` is where the store's next byte goes.
    mutating func start(_ front: Int) {
        state = .mark
        elements.clear()
        hasRoot = false
        textStart = front
        valueStart = -1
        brackets = 0
        behindCR = false
        utf8 = UTF8Validator()
        checksUTF8 = true
        recent = 0
        declarationPlace = 0
        markBytes = 0
        hasDoctype = false
        isDeclaration = false
        position = 0
    }

    /// Takes the next bytes.
    mutating func parse(
        _ bytes: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        var index = 0
        while index < bytes.count {
            if state == .content && elements.depth > 0 {
                let end = try takeText(bytes, index, limits, &store)
                if end > index {
                    index = end
                    continue
                }
            }
            try check(bytes[index])
            try take(bytes[index], limits, &store, &report)
            index &+= 1
            position &+= 1
        }
    }

    /// Takes the end of the document.
    mutating func finish(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if state != .content || !hasRoot || elements.depth > 0 { throw .malformed(.xmlEnded) }
        try enterText(&store)
    }

    /// Enters what there is of the text, after the parsing was stopped; and of the attribute that is being read.
    mutating func abandon(_ store: inout ValueStore, _ report: inout BodyReport) {
        if valueStart >= 0 { try? enterAttribute(&store) }
        if isDeclaration { store.front = textStart }
        if hasRoot { try? enterText(&store) }
    }

    private mutating func enterText(_ store: inout ValueStore) throws(BodyStop) {
        hasRoot = false
        try store.add(
            ValueEntry(.xmlText, name: 0..<0, value: textStart..<store.front, origin: 0..<position))
    }

    /// Checks that a byte can be part of a document.
    @inline(__always)
    mutating func check(_ byte: UInt8) throws(BodyStop) {
        if byte < 0x20 && !XMLCharacter.isSpace(byte) { throw .malformed(.xmlCharacter) }
        if byte < 0x80 && utf8.isComplete || !checksUTF8 || state == .mark { return }
        if !utf8.accept(byte) { throw .malformed(.xmlUTF8) }
        recent = recent << 8 | UInt32(byte)
        if recent & 0xff_fffe == 0xef_bfbe { throw .malformed(.xmlCharacter) }
    }

    private mutating func take(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch state {
        case .mark: try takeMark(byte, limits, &store)
        case .content: try takeContent(byte, limits, &store)
        case .open, .startName, .inTag, .emptyTag, .endStart, .endName, .behindEndName:
            try takeTag(byte, limits, &store)
        case .attributeName, .behindAttributeName, .beforeValue, .value, .behindValue:
            try takeAttribute(byte, limits, &store)
        case .bang, .commentStart, .comment, .commentHyphen, .commentEnd, .sectionStart, .section:
            try takeBang(byte, limits, &store, &report)
        case .doctypeStart, .doctype: try takeDoctype(byte, limits, &report)
        case .instructionStart, .target, .instruction, .instructionEnd:
            try takeInstruction(byte, limits, &store, &report)
        case .reference: try takeReference(byte, limits, &store)
        }
    }

    /// A byte order mark, or the first byte of the document.
    private mutating func takeMark(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        switch (markBytes, byte) {
        case (0, 0xef), (1, 0xbb): markBytes &+= 1
        case (2, 0xbf):
            state = .content
            declarationPlace = position &+ 1
        case (0, 0xfe), (0, 0xff), (0, 0): throw .malformed(.xmlEncoding)
        case (0, _):
            state = .content
            try check(byte)
            try takeContent(byte, limits, &store)
        default: throw .malformed(.xmlUTF8)
        }
    }
}
