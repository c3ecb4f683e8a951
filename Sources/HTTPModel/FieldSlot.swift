/// Where one field stands in its ``FieldTable``, and what is known of it.
public struct FieldSlot: BitwiseCopyable, Sendable {
    /// The recognised name.
    public let name: FieldName

    /// Whether the field concerns this connection alone and is not forwarded.
    public internal(set) var isHopByHop: Bool

    /// Whether the bytes around the value are exactly `: ` and CRLF, so that the field can be copied as it stands.
    public let isTight: Bool

    @usableFromInline let nameCount: UInt16
    @usableFromInline let nameStart: UInt32
    @usableFromInline let valueStart: UInt32
    @usableFromInline let valueCount: UInt32

    @usableFromInline
    init(name: FieldName, isHopByHop: Bool, line: FieldLine) {
        self.name = name
        self.isHopByHop = isHopByHop
        isTight = line.isTight
        // A table's bytes are fewer than 2^32, and it takes no name that is longer than 65,535.
        nameStart = UInt32(truncatingIfNeeded: line.start)
        nameCount = UInt16(truncatingIfNeeded: line.nameEnd &- line.start)
        valueStart = UInt32(truncatingIfNeeded: line.valueStart)
        valueCount = UInt32(truncatingIfNeeded: line.valueEnd &- line.valueStart)
    }

    static var empty: FieldSlot {
        let line = FieldLine(start: 0, nameEnd: 0, valueStart: 0, valueEnd: 0, end: 0, isTight: false)
        return FieldSlot(name: .other, isHopByHop: false, line: line)
    }

    /// Where the field's line begins.
    @inlinable public var lineStart: Int { Int(nameStart) }

    /// Where the field's line ends, its CRLF included.
    @inlinable public var lineEnd: Int { Int(valueStart) + Int(valueCount) + 2 }
}
