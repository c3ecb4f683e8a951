internal import COpenSSL

/// Key derivation (RFC 5869) over HMAC-SHA-256.
public enum HKDF {
    /// Fills `target`, at most 8,160 bytes, with key material derived from `secret`, `salt` and `info`.
    public static func sha256(
        secret: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>, into target: inout MutableSpan<UInt8>
    ) {
        precondition(target.count <= 255 * 32)
        var key = HMAC.sha256(key: salt, secret)
        expand(key.span, info, into: &target)
        var span = key.mutableSpan
        Memory.erase(&span)
    }

    /// T(n) = HMAC(key, T(n-1) ‖ info ‖ n).
    private static func expand(_ key: Span<UInt8>, _ info: Span<UInt8>, into target: inout MutableSpan<UInt8>) {
        var previous = InlineArray<32, UInt8>(repeating: 0)
        var message = SecretBytes(count: 32 + info.count + 1)
        var done = 0
        var block: UInt8 = 0
        while done < target.count {
            block += 1
            let carried = block == 1 ? 0 : 32
            for index in 0..<carried { message.set(index, previous[index]) }
            for index in info.indices { message.set(carried + index, info[index]) }
            message.set(carried + info.count, block)
            previous = HMAC.sha256(key: key, message.span.extracting(0..<(carried + info.count + 1)))
            let count = min(32, target.count - done)
            for index in 0..<count { target[done + index] = previous[index] }
            done += count
        }
        var span = previous.mutableSpan
        Memory.erase(&span)
    }
}
