/// Where the name and the value of one entry of a ``ValueStore`` stand, and where in the body they came from.
public struct ValueEntry: BitwiseCopyable, Sendable, Equatable {
    /// What the value is.
    public let kind: ValueKind
    /// What a JSON leaf is.
    public let type: ValueType
    @usableFromInline let nameStart: UInt32
    @usableFromInline let nameEnd: UInt32
    @usableFromInline let valueStart: UInt32
    @usableFromInline let valueEnd: UInt32
    /// The place of the value's first byte in the body, before decoding; of an XML text, of the document.
    public let originStart: UInt32
    /// The place behind the value's last byte in the body.
    public let originEnd: UInt32

    init(
        _ kind: ValueKind, _ type: ValueType = .text, name: Range<Int>, value: Range<Int>, origin: Range<Int>
    ) {
        self.kind = kind
        self.type = type
        nameStart = UInt32(clamping: name.lowerBound)
        nameEnd = UInt32(clamping: name.upperBound)
        valueStart = UInt32(clamping: value.lowerBound)
        valueEnd = UInt32(clamping: value.upperBound)
        originStart = UInt32(clamping: origin.lowerBound)
        originEnd = UInt32(clamping: origin.upperBound)
    }

    /// Where the name stands in the store.
    var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    /// Where the value stands in the store.
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    /// Where the value came from.
    var origin: Range<Int> { Int(originStart)..<Int(originEnd) }
}
