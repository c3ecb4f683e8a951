/// What an event of the poller is about: a kind, a slot and the slot's generation, in 64 bits.
struct Token: Equatable {
    enum Kind: UInt8 {
        case control, signing, dialling, listener, client, upstream
    }

    let kind: Kind
    let slot: Int
    /// The low 24 bits of the slot's generation.
    let generation: UInt32

    static var generationMask: UInt32 { 0xff_ffff }

    init(_ kind: Kind, slot: Int = 0, generation: UInt32 = 0) {
        self.kind = kind
        self.slot = slot
        self.generation = generation & Token.generationMask
    }

    init?(_ raw: UInt64) {
        guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: raw >> 56)) else { return nil }
        self.init(kind, slot: Int(raw & 0xffff_ffff), generation: UInt32(truncatingIfNeeded: raw >> 32))
    }

    var raw: UInt64 { UInt64(kind.rawValue) << 56 | UInt64(generation) << 32 | UInt64(slot) }
}
