internal import Bytes

/// The opening handshake of WebSocket over HTTP/1.1 (RFC 6455 section 4), from the side of a client: what a proxy is
/// towards the server where its own client came by HTTP/2, which has no such handshake (RFC 8441 section 5).
public enum WebSocketHandshake {
    /// Characters of a key and of its answer, in base64.
    public static var keySize: Int { 24 }
    public static var answerSize: Int { 28 }

    /// The key of 16 bytes in base64 (RFC 6455 section 4.1).
    public static func key(_ high: UInt64, _ low: UInt64) -> InlineArray<24, UInt8> {
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<8 {
            bytes[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
            bytes[8 + index] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
        }
        var key = InlineArray<24, UInt8>(repeating: 0)
        var text = key.mutableSpan
        encode(bytes.span, to: &text)
        return key
    }

    /// Whether `answer` is what a server of WebSocket answers to the key in `head`, which ``RequestSerializer`` wrote.
    public static func isAnswer(_ answer: Span<UInt8>, toKeyIn head: Span<UInt8>) -> Bool {
        var start = 0
        while start < head.count && head[start] != 0x0d {
            let end = ByteSearch.first(0x0d, in: head, from: start)
            let colon = ByteSearch.first(0x3a, in: head, from: start)
            if colon + 2 <= end
                && ASCII.equalIgnoringCase(head.extracting(start..<colon), "sec-websocket-key")
            {
                return isAnswer(answer, to: head.extracting(colon + 2..<end))
            }
            start = end + 2
        }
        return false
    }

    private static func isAnswer(_ answer: Span<UInt8>, to key: Span<UInt8>) -> Bool {
        if key.count != keySize || answer.count != answerSize { return false }
        let name = ("258EAFA5-E914-47DA-95CA-C5AB0DC85B11" as StaticString).bytes
        var message = InlineArray<60, UInt8>(repeating: 0)
        for index in 0..<24 { message[index] = key[index] }
        for index in 0..<36 { message[24 + index] = name[index] }
        let digest = SHA1.digest(message.span)
        var expected = InlineArray<28, UInt8>(repeating: 0)
        var text = expected.mutableSpan
        encode(digest.span, to: &text)
        return ASCII.equal(expected.span, answer)
    }

    /// Base64 (RFC 4648 section 4).
    private static func encode(_ bytes: Span<UInt8>, to text: inout MutableSpan<UInt8>) {
        let alphabet = ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" as StaticString).bytes
        var place = 0
        var index = 0
        while index < bytes.count {
            let left = min(bytes.count - index, 3)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < left ? UInt32(bytes[index + offset]) : 0)
            }
            for digit in 0..<4 {
                text[place] = digit <= left ? alphabet[Int(group >> UInt32(18 - 6 * digit) & 63)] : 0x3d
                place += 1
            }
            index += 3
        }
    }
}

/// SHA-1 (RFC 3174), for the handshake of WebSocket, which nothing has to be kept secret by. Broken for all else.
enum SHA1 {
    /// The digest of a short message.
    static func digest(_ message: Span<UInt8>) -> InlineArray<20, UInt8> {
        var state: InlineArray<5, UInt32> = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        let blocks = (message.count + 8) / 64 + 1
        for block in 0..<blocks { add(message, block, isLast: block == blocks - 1, to: &state) }
        var digest = InlineArray<20, UInt8>(repeating: 0)
        for index in 0..<20 {
            digest[index] = UInt8(truncatingIfNeeded: state[index >> 2] >> UInt32(24 - 8 * (index & 3)))
        }
        return digest
    }

    private static func add(
        _ message: Span<UInt8>, _ block: Int, isLast: Bool, to state: inout InlineArray<5, UInt32>
    ) {
        var words = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<64 {
            let place = block * 64 + index
            let byte = place < message.count ? message[place] : place == message.count ? 0x80 : 0
            words[index >> 2] |= UInt32(byte) << UInt32(24 - 8 * (index & 3))
        }
        if isLast { words[15] = UInt32(truncatingIfNeeded: message.count * 8) }
        for index in 16..<80 {
            words[index] = rotate(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for index in 0..<80 {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5a82_7999)
                case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
                case ..<60: (b & c | b & d | c & d, 0x8f1b_bcdc)
                default: (b ^ c ^ d, 0xca62_c1d6)
                }
            let next = rotate(a, 5) &+ mixed &+ e &+ constant &+ words[index]
            (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }
}
