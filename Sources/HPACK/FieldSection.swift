internal import Bytes

/// The fields of one section, decoded: each stands as a line `name: value` CRLF, so that whatever checks lines of
/// HTTP/1.1 can check these.
///
/// The storage is allocated once and used again for every section.
public struct FieldSection: ~Copyable {
    var bytes: Slab<UInt8>

    /// Bytes in use.
    public internal(set) var used: Int = 0

    /// The size of the section so far, as SETTINGS_MAX_HEADER_LIST_SIZE counts it (RFC 9113 section 6.5.2): names,
    /// values, and 32 for each field.
    public internal(set) var size: Int = 0

    /// The size that a section may have.
    public private(set) var limit: Int
    private let largestLimit: Int

    /// Storage for sections of a size up to `limit`, of which as much again may be added by ``append(_:)``.
    ///
    /// - Parameter tableCapacity: the largest dynamic table that is decoded with. Fields beyond the limit are not
    ///   kept, but those that go into the table have to be decoded somewhere.
    public init(limit: Int, tableCapacity: Int) {
        precondition(limit >= 0 && tableCapacity >= 0)
        self.limit = limit
        largestLimit = limit
        bytes = Slab(capacity: 2 * limit + max(tableCapacity, HPACKDecoder.initialTableSize), repeating: 0)
    }

    /// Lets sections have a size up to `limit`, which is at most what the storage was made for.
    public mutating func setLimit(_ limit: Int) {
        precondition(limit >= 0 && limit <= largestLimit)
        self.limit = limit
    }

    /// Bytes that fit into the storage.
    public var capacity: Int { bytes.capacity }

    /// Whether there were more fields than the limit allows: those above it were left out.
    public var isOverLimit: Bool { size > limit }

    /// Forgets all fields.
    public mutating func reset() {
        used = 0
        size = 0
    }

    /// The bytes in `start..<end`.
    @_lifetime(borrow self)
    public func span(_ start: Int, _ end: Int) -> Span<UInt8> {
        precondition(end <= used)
        return bytes.span(start, end)
    }

    /// Adds bytes behind the fields; false when they do not fit.
    public mutating func append(_ text: Span<UInt8>) -> Bool {
        if text.count > bytes.capacity &- used { return false }
        bytes.copy(text, at: used)
        used &+= text.count
        return true
    }

    /// Adds the line `name: value`, of which the value is a copy of the bytes in `start..<end`; false when it does
    /// not fit.
    public mutating func appendLine(_ name: StaticString, copyOf start: Int, _ end: Int) -> Bool {
        append(name.bytes) && append((": " as StaticString).bytes) && append(copyOf: start, end)
            && append(("\r\n" as StaticString).bytes)
    }

    /// Adds a copy of the bytes in `start..<end`; false when they do not fit.
    public mutating func append(copyOf start: Int, _ end: Int) -> Bool {
        precondition(start >= 0 && start <= end && end <= used)
        if end &- start > bytes.capacity &- used { return false }
        for index in start..<end {
            bytes[used] = bytes[index]
            used &+= 1
        }
        return true
    }
}

/// Where one decoded field stands in its ``FieldSection``. The line runs from the start of the name to two bytes
/// behind the end of the value.
public struct DecodedField: BitwiseCopyable, Equatable, Sendable {
    /// Where the name begins.
    public let nameStart: Int
    /// Where the name ends.
    public let nameEnd: Int
    /// Where the value begins.
    public let valueStart: Int
    /// Where the value ends.
    public let valueEnd: Int
    /// Whether no intermediary may put the field into a table (RFC 7541 section 6.2.3).
    public let isNeverIndexed: Bool

    /// No field: storage for one that is not there yet.
    public init() {
        self.init(nameStart: 0, nameEnd: 0, valueStart: 0, valueEnd: 0, isNeverIndexed: false)
    }

    init(nameStart: Int, nameEnd: Int, valueStart: Int, valueEnd: Int, isNeverIndexed: Bool) {
        self.nameStart = nameStart
        self.nameEnd = nameEnd
        self.valueStart = valueStart
        self.valueEnd = valueEnd
        self.isNeverIndexed = isNeverIndexed
    }
}

extension FieldSection {
    /// Bytes of name and value that the next field may have; below 0 when not even an empty one fits.
    var room: Int { limit &- size &- DynamicTable.overhead }

    /// Counts a field of `count` bytes of name and value; false when it is over the limit.
    mutating func admit(_ count: Int) -> Bool {
        size &+= count &+ DynamicTable.overhead
        return size <= limit
    }

    /// Makes a line of the name and the value that stand behind ``used``, with two bytes free between them.
    mutating func close(_ nameCount: Int, _ valueCount: Int, isNeverIndexed: Bool) -> DecodedField {
        let start = used
        let nameEnd = start &+ nameCount
        let valueEnd = nameEnd &+ 2 &+ valueCount
        bytes[nameEnd] = 0x3a
        bytes[nameEnd &+ 1] = 0x20
        bytes[valueEnd] = 0x0d
        bytes[valueEnd &+ 1] = 0x0a
        used = valueEnd &+ 2
        return DecodedField(
            nameStart: start, nameEnd: nameEnd, valueStart: nameEnd &+ 2, valueEnd: valueEnd,
            isNeverIndexed: isNeverIndexed)
    }
}
