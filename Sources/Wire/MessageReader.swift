/// A message that does not follow its channel's rules. Its sender is not to be trusted any more.
public enum WireViolation: Error, Equatable, Sendable {
    /// It ends too early, or bytes are left over.
    case length
    /// It does not begin as a message of this channel and format.
    case header
    /// No such kind of message on this channel.
    case kind
    /// A value is out of its range.
    case value
    /// The kind is not permitted in this state, or not so often.
    case state
    /// It is longer than the channel allows, or carries descriptors that it should not.
    case oversized

    /// The name in the log.
    public var name: StaticString {
        switch self {
        case .length: "length"
        case .header: "header"
        case .kind: "kind"
        case .value: "value"
        case .state: "state"
        case .oversized: "oversized"
        }
    }
}

/// Reads the little-endian fields of a message, in order. Every read is checked against the end.
public struct MessageReader: ~Copyable, ~Escapable {
    private let bytes: Span<UInt8>
    private var position = 0

    /// Reads from the start of `bytes`.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// Bytes not read yet.
    public var remaining: Int { bytes.count - position }

    @_lifetime(self: copy self)
    public mutating func byte() throws(WireViolation) -> UInt8 {
        if remaining < 1 { throw .length }
        position += 1
        return bytes[position - 1]
    }

    @_lifetime(self: copy self)
    public mutating func uint16() throws(WireViolation) -> UInt16 { UInt16(truncatingIfNeeded: try integer(2)) }

    @_lifetime(self: copy self)
    public mutating func uint32() throws(WireViolation) -> UInt32 { UInt32(truncatingIfNeeded: try integer(4)) }

    @_lifetime(self: copy self)
    public mutating func uint64() throws(WireViolation) -> UInt64 { try integer(8) }

    /// The next `count` bytes, in place.
    @_lifetime(self: copy self)
    @_lifetime(copy self)
    public mutating func run(_ count: Int) throws(WireViolation) -> Span<UInt8> {
        if count < 0 || remaining < count { throw .length }
        position += count
        return bytes.extracting((position - count)..<position)
    }

    /// A run of bytes behind its 16-bit count, at most `limit` long.
    @_lifetime(self: copy self)
    @_lifetime(copy self)
    public mutating func counted(limit: Int) throws(WireViolation) -> Span<UInt8> {
        let count = Int(try uint16())
        if count > limit { throw .value }
        return try run(count)
    }

    /// Text behind its 16-bit count.
    @_lifetime(self: copy self)
    public mutating func text(limit: Int) throws(WireViolation) -> String {
        let run = try counted(limit: limit)
        var copy: [UInt8] = []
        copy.reserveCapacity(run.count)
        for index in run.indices { copy.append(run[index]) }
        return String(decoding: copy, as: UTF8.self)
    }

    /// Nothing may be left.
    public borrowing func end() throws(WireViolation) {
        if remaining != 0 { throw .length }
    }

    @_lifetime(self: copy self)
    private mutating func integer(_ size: Int) throws(WireViolation) -> UInt64 {
        if remaining < size { throw .length }
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += size
        return value
    }
}
