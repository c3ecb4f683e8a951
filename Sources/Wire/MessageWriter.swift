/// Builds a message field by field, little-endian. For the channels that are not on the way of every request.
public struct MessageWriter: Sendable {
    /// The message so far.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    public mutating func uint16(_ value: UInt16) { integer(UInt64(value), 2) }

    public mutating func uint32(_ value: UInt32) { integer(UInt64(value), 4) }

    public mutating func uint64(_ value: UInt64) { integer(value, 8) }

    /// Bytes as they are.
    public mutating func run(_ run: Span<UInt8>) {
        for index in run.indices { bytes.append(run[index]) }
    }

    /// Text behind its 16-bit count, cut at `limit` bytes.
    public mutating func text(_ text: String, limit: Int = 4096) {
        let utf8 = Array(text.utf8.prefix(limit))
        uint16(UInt16(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    private mutating func integer(_ value: UInt64, _ size: Int) {
        for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
    }
}
