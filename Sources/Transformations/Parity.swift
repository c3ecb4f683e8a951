/// The high bit as a parity bit.
///
/// As in mod_security2, the parity is that of all eight bits of the input.
enum Parity {
    static func even(_ byte: UInt8) -> UInt8 { isOdd(byte) ? byte | 0x80 : byte & 0x7f }

    static func odd(_ byte: UInt8) -> UInt8 { isOdd(byte) ? byte & 0x7f : byte | 0x80 }

    /// The bytes of which `condition` holds.
    static func set(_ condition: (UInt8) -> Bool) -> ByteSet {
        var set = ByteSet()
        for byte in UInt8.min...UInt8.max where condition(byte) { set.insert(byte) }
        return set
    }

    private static func isOdd(_ byte: UInt8) -> Bool { byte.nonzeroBitCount & 1 == 1 }
}
