internal import COpenSSL

/// Operations on secrets that the compiler must not improve.
public enum Memory {
    /// Overwrites `bytes` with zeros, even when nobody reads them again.
    public static func erase(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBufferPointer { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// Whether two runs are equal. Takes as long for every pair of one length; lengths are no secret.
    public static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        if one.count != other.count { return false }
        if one.isEmpty { return true }
        return unsafe one.withUnsafeBufferPointer { one in
            unsafe other.withUnsafeBufferPointer { other in
                unsafe CRYPTO_memcmp(one.baseAddress, other.baseAddress, one.count) == 0
            }
        }
    }
}
