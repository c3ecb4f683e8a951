internal import COpenSSL

/// Keyed hashes (RFC 2104).
public enum HMAC {
    /// HMAC-SHA-256 of `message` under `key`.
    public static func sha256(key: Span<UInt8>, _ message: Span<UInt8>) -> InlineArray<32, UInt8> {
        var code = InlineArray<32, UInt8>(repeating: 0)
        var span = code.mutableSpan
        compute(.sha256, key: key, message, into: &span)
        return code
    }

    /// Writes the code of `message` under `key` to the start of `target`, which has room for it.
    public static func compute(
        _ algorithm: DigestAlgorithm, key: Span<UInt8>, _ message: Span<UInt8>, into target: inout MutableSpan<UInt8>
    ) {
        precondition(target.count >= algorithm.size)
        let result = unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe key.withUnsafeBufferPointer { key in
                    // libcrypto takes NULL for "no key set", not for an empty one.
                    var none: UInt8 = 0
                    return unsafe withUnsafePointer(to: &none) { none in
                        unsafe HMAC_compute(
                            algorithm, key.baseAddress ?? none, key.count, message, target.baseAddress)
                    }
                }
            }
        }
        precondition(result)
    }

    private static func HMAC_compute(
        _ algorithm: DigestAlgorithm, _ key: UnsafePointer<UInt8>, _ keyCount: Int,
        _ message: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        unsafe COpenSSL.HMAC(
            algorithm.method, key, Int32(keyCount), message.baseAddress, message.count, target, nil) != nil
    }
}
