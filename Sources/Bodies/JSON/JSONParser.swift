internal import Bytes

/// JSON (RFC 8259), strictly: no comments, no commas too many, numbers in the one form, strings of valid UTF-8 and
/// whole surrogate pairs. Leaves become values under the path to them; numbers keep their text.
struct JSONParser: ~Copyable {
    /// What may come next.
    enum State: UInt8 {
        case value, firstElement, firstKey, key, colon, separator, end
        case string, escape, unicode, lowBackslash, lowU
        case number, literal
    }

    /// How far a number is.
    enum Number: UInt8 {
        case minus, zero, integer, point, fraction, exponent, sign, power

        /// Whether a number may end here.
        var isComplete: Bool { self == .zero || self == .integer || self == .fraction || self == .power }
    }

    var path: JSONPath
    var keys: KeySet
    var state = State.value
    var number = Number.minus
    /// Whether the string is a key.
    var isKey = false
    var utf8 = UTF8Validator()
    /// The hexadecimal digits of an escape so far.
    var unit: UInt32 = 0
    var digits = 0
    /// The first half of a surrogate pair, or 0.
    var highSurrogate: UInt32 = 0
    /// How much of `true`, `false` or `null` was seen.
    var literal = Literal.null
    var literalMatched = 0
    /// Where the current value begins in the store, and its token in the body; -1: there is no value.
    var valueStart = -1
    var tokenStart = 0
    /// The name that was entered last.
    var lastName = 0..<0
    /// The array whose elements have that name; 0 when it is of one leaf only.
    var lastArray: UInt32 = 0
    var position = 0

    init(_ limits: BodyLimits, seed: UInt64) {
        path = JSONPath(limits)
        keys = KeySet(limits, seed: seed)
    }

    /// Starts a text whose leaves are named as `names` says.
    mutating func start(_ names: JSONNames) {
        path.start(names)
        keys.clear()
        state = .value
        valueStart = -1
        lastArray = 0
        position = 0
    }

    /// Takes the next bytes.
    mutating func parse(
        _ bytes: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        var index = 0
        while index < bytes.count {
            let start = index
            switch state {
            case .string: index = try takeString(bytes, index, limits, &store, &report)
            case .escape, .unicode, .lowBackslash, .lowU:
                try takeEscape(bytes[index], limits, &store)
                index &+= 1
            case .number:
                if try takeNumber(bytes[index], limits, &store, &report) { index &+= 1 }
            case .literal:
                try takeLiteral(bytes[index], &store, &report)
                index &+= 1
            default:
                if !isWhitespace(bytes[index]) { try takeToken(bytes[index], limits, &store, &report) }
                index &+= 1
            }
            position &+= index &- start
        }
    }

    /// Takes the end of the text.
    mutating func finish(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if state == .number {
            if !number.isComplete { throw .malformed(.jsonNumber) }
            try endValue(.number, position, &store, &report)
        }
        if state != .end { throw .malformed(.jsonEnded) }
    }

    /// Enters what there is of the current value, after the parsing was stopped.
    mutating func abandon(_ store: inout ValueStore, _ report: inout BodyReport) {
        if valueStart >= 0 { try? enter(.text, position, &store, &report) }
    }

    private func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }

    /// Takes a byte outside strings, numbers and literals.
    private mutating func takeToken(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch state {
        case .value: try beginValue(byte, limits, &store, &report)
        case .firstElement:
            if byte == UInt8(ascii: "]") { return close() }
            try path.beginElement()
            try beginValue(byte, limits, &store, &report)
        case .firstKey where byte == UInt8(ascii: "}"): close()
        case .firstKey, .key:
            if byte != UInt8(ascii: "\"") { throw .malformed(.jsonKey) }
            if keys.count >= limits.members { throw .limited(.members) }
            try path.beginKey()
            beginString(isKey: true)
        case .colon:
            if byte != UInt8(ascii: ":") { throw .malformed(.jsonColon) }
            state = .value
        case .separator: try takeSeparator(byte)
        default: throw .malformed(.jsonTrailing)
        }
    }

    private mutating func takeSeparator(_ byte: UInt8) throws(BodyStop) {
        let isArray = path.top.isArray
        if byte == UInt8(ascii: ",") {
            if isArray { try path.beginElement() }
            state = isArray ? .value : .key
        } else if byte == UInt8(ascii: isArray ? "]" : "}") {
            close()
        } else {
            throw .malformed(.jsonSeparator)
        }
    }

    private mutating func close() {
        path.close()
        state = path.depth == 0 ? .end : .separator
    }

    private mutating func beginValue(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
            let isArray = byte == UInt8(ascii: "[")
            try path.open(isArray: isArray)
            state = isArray ? .firstElement : .firstKey
            return
        }
        if report.arguments >= limits.arguments { throw .limited(.arguments) }
        if path.depth == 0 { try path.beginScalar() }
        try beginLeaf(&store)
        switch byte {
        case UInt8(ascii: "\""):
            beginString(isKey: false)
            tokenStart = position &+ 1
        case UInt8(ascii: "t"): try beginLiteral(.true, &store, &report)
        case UInt8(ascii: "f"): try beginLiteral(.false, &store, &report)
        case UInt8(ascii: "n"): try beginLiteral(.null, &store, &report)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            state = .number
            number = byte == UInt8(ascii: "-") ? .minus : byte == UInt8(ascii: "0") ? .zero : .integer
            try store.append(byte)
        default:
            valueStart = -1
            throw .malformed(.jsonToken)
        }
    }

    /// Enters the current place's name. The elements of an array share theirs, if they follow one another.
    private mutating func beginLeaf(_ store: inout ValueStore) throws(BodyStop) {
        let array = path.sharedName
        if array == 0 || array != lastArray {
            let start = store.front
            try store.append(path.name)
            lastName = start..<store.front
            lastArray = array
        }
        valueStart = store.front
        tokenStart = position
    }

    /// Enters a value that is complete. `end` is the place behind its token in the body, quotes aside.
    mutating func endValue(
        _ type: ValueType, _ end: Int, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        try enter(type, end, &store, &report)
        state = path.depth == 0 ? .end : .separator
    }

    private mutating func enter(
        _ type: ValueType, _ end: Int, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let start = valueStart
        valueStart = -1
        // As mod_security2: `null` is empty.
        if type == .null { store.front = start }
        try store.add(
            ValueEntry(.jsonLeaf, type, name: lastName, value: start..<store.front, origin: tokenStart..<end))
        report.arguments &+= 1
    }
}
