/// The four bytes that the payload of a client's frame is combined with (RFC 6455 section 5.3).
public struct MaskingKey: BitwiseCopyable, Equatable, Sendable {
    /// The bytes, the first one lowest.
    let word: UInt32

    /// The key of these bytes, in the order of the wire.
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        word = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
    }

    init(word: UInt32) { self.word = word }

    /// The byte that the payload's byte `offset` is combined with.
    func byte(at offset: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word &>> UInt32(truncatingIfNeeded: offset & 3 &* 8)) }

    /// The eight bytes from `offset` on, the first one lowest.
    func double(at offset: UInt64) -> UInt64 {
        let shift = UInt32(truncatingIfNeeded: offset & 3 &* 8)
        let turned = word &>> shift | (shift == 0 ? 0 : word &<< (32 &- shift))
        return UInt64(turned) | UInt64(turned) &<< 32
    }
}
