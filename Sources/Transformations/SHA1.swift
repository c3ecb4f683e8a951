import Bytes

/// SHA-1 (RFC 3174), for rules that compare digests; written here for the reasons given at ``MD5``.
enum SHA1 {
    /// Bytes of a digest.
    static let size = 20

    @_lifetime(writer: copy writer)
    static func digest(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        var state = State()
        for block in 0..<DigestInput.blockCount(input) { state.take(input, block) }
        writer.append(littleEndian: state.a.byteSwapped)
        writer.append(littleEndian: state.b.byteSwapped)
        writer.append(littleEndian: state.c.byteSwapped)
        writer.append(littleEndian: state.d.byteSwapped)
        writer.append(littleEndian: state.e.byteSwapped)
    }

    private struct State {
        var a: UInt32 = 0x6745_2301
        var b: UInt32 = 0xefcd_ab89
        var c: UInt32 = 0x98ba_dcfe
        var d: UInt32 = 0x1032_5476
        var e: UInt32 = 0xc3d2_e1f0

        /// Section 6.2: the words live in a circle of 16.
        mutating func take(_ input: Span<UInt8>, _ block: Int) {
            var words = DigestInput.words(input, block, isBigEndian: true)
            let before = self
            for step in 0..<80 {
                if step >= 16 {
                    let word = words[(step - 3) & 15] ^ words[(step - 8) & 15] ^ words[(step - 14) & 15] ^ words[step & 15]
                    words[step & 15] = word &<< 1 | word &>> 31
                }
                let mixed: UInt32
                switch step / 20 {
                case 0: mixed = (b & c | ~b & d) &+ 0x5a82_7999
                case 1: mixed = (b ^ c ^ d) &+ 0x6ed9_eba1
                case 2: mixed = (b & c | b & d | c & d) &+ 0x8f1b_bcdc
                default: mixed = (b ^ c ^ d) &+ 0xca62_c1d6
                }
                let sum = (a &<< 5 | a &>> 27) &+ mixed &+ e &+ words[step & 15]
                (e, d, c, b, a) = (d, c, b &<< 30 | b &>> 2, a, sum)
            }
            a &+= before.a
            b &+= before.b
            c &+= before.c
            d &+= before.d
            e &+= before.e
        }
    }
}
