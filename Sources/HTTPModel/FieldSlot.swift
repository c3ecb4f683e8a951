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
    init(name: FieldName, isHopByHop: Bool, isTight: Bool, nameRange: Range<Int>, valueRange: Range<Int>) {
        self.name = name
        self.isHopByHop = isHopByHop
        self.isTight = isTight
        nameStart = UInt32(nameRange.lowerBound)
        nameCount = UInt16(nameRange.count)
        valueStart = UInt32(valueRange.lowerBound)
        valueCount = UInt32(valueRange.count)
    }

    static var empty: FieldSlot {
        FieldSlot(name: .other, isHopByHop: false, isTight: false, nameRange: 0..<0, valueRange: 0..<0)
    }

    /// Where the field's line begins.
    @inlinable public var lineStart: Int { Int(nameStart) }

    /// Where the field's line ends, its CRLF included.
    @inlinable public var lineEnd: Int { Int(valueStart) + Int(valueCount) + 2 }
}
