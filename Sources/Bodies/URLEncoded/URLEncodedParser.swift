internal import Bytes

/// `application/x-www-form-urlencoded`, as mod_security2 reads it: names and values between separators, `+` for a
/// blank, escapes decoded; what is no escape stays as it is and is flagged.
struct URLEncodedParser: BitwiseCopyable {
    private enum Escape: UInt8 {
        case none, percent, digit
    }

    private let kind: ValueKind
    private let separator: UInt8
    private var inValue = false
    /// Whether anything of the current argument was seen, if only its separator.
    private var isOpen = false
    private var escape = Escape.none
    private var firstDigit: UInt8 = 0
    private var nameStart = 0
    private var valueStart = 0
    private var originStart = 0
    private(set) var position = 0

    /// Starts before the first argument; `front` is where the store's next byte goes.
    init(_ kind: ValueKind, separator: UInt8, front: Int) {
        self.kind = kind
        self.separator = separator
        nameStart = front
        valueStart = front
    }

    /// Takes the next bytes.
    mutating func parse(
        _ bytes: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        var index = 0
        while index < bytes.count {
            isOpen = true
            if escape == .none {
                let end = runEnd(bytes, index)
                if end > index {
                    try take(bytes.extracting(index..<end), limits, &store)
                    index = end
                    continue
                }
            }
            if try takeSpecial(bytes[index], limits, &store, &report) {
                index &+= 1
                position &+= 1
            }
        }
    }

    /// Takes the end of the text.
    mutating func finish(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        try flush(limits, &store, &report)
        if isOpen { try complete(limits, &store, &report) }
    }

    /// Enters what there is of the last argument, after a limit was reached.
    mutating func abandon(_ store: inout ValueStore, _ report: inout BodyReport) {
        if isOpen { try? enter(&store, &report) }
        isOpen = false
    }

    /// The end of the bytes from `start` on that stand for themselves.
    private func runEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") || byte == separator { break }
            if byte == UInt8(ascii: "=") && !inValue { break }
            index &+= 1
        }
        return index
    }

    private mutating func take(
        _ run: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore
    ) throws(BodyStop) {
        let room = room(limits, store)
        let start = store.front
        defer { position &+= store.front &- start }
        try store.append(run.extracting(0..<min(run.count, room)))
        if run.count > room { throw .limited(inValue ? .valueLength : .nameLength) }
    }

    private mutating func take(_ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore) throws(BodyStop) {
        if room(limits, store) == 0 { throw .limited(inValue ? .valueLength : .nameLength) }
        try store.append(byte)
    }

    private func room(_ limits: BodyLimits, _ store: borrowing ValueStore) -> Int {
        inValue ? limits.valueLength - (store.front - valueStart) : limits.nameLength - (store.front - nameStart)
    }

    /// Takes a byte that means something, or one within an escape; false when it is to be looked at again.
    private mutating func takeSpecial(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) -> Bool {
        if escape != .none {
            guard let digit = ASCII.hexadecimalValue(byte), byte != separator else {
                try flush(limits, &store, &report)
                return false
            }
            if escape == .percent {
                firstDigit = byte
                escape = .digit
            } else {
                let high = ASCII.hexadecimalValue(firstDigit) ?? 0
                escape = .none
                try take(high << 4 | digit, limits, &store)
            }
        } else if byte == separator {
            try complete(limits, &store, &report)
        } else if byte == UInt8(ascii: "=") && !inValue {
            beginValue(store.front, position + 1)
        } else if byte == UInt8(ascii: "%") {
            escape = .percent
        } else {
            try take(byte == UInt8(ascii: "+") ? 0x20 : byte, limits, &store)
        }
        return true
    }

    /// Keeps what looked like an escape.
    private mutating func flush(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let seen = escape
        if seen == .none { return }
        escape = .none
        report.flags.insert(.invalidURLEncoding)
        try take(UInt8(ascii: "%"), limits, &store)
        if seen == .digit { try take(firstDigit, limits, &store) }
    }

    private mutating func beginValue(_ front: Int, _ origin: Int) {
        inValue = true
        valueStart = front
        originStart = origin
    }

    private mutating func complete(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if report.arguments >= limits.arguments { throw .limited(.arguments) }
        try enter(&store, &report)
        isOpen = false
        inValue = false
        nameStart = store.front
        valueStart = store.front
    }

    private mutating func enter(_ store: inout ValueStore, _ report: inout BodyReport) throws(BodyStop) {
        if !inValue { beginValue(store.front, position) }
        try store.add(
            ValueEntry(
                kind, name: nameStart..<valueStart, value: valueStart..<store.front, origin: originStart..<position))
        report.arguments &+= 1
    }
}
