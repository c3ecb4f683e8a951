internal import COpenSSL

/// Hashes (FIPS 180-4).
public enum Digest {
    /// SHA-256 of `message`.
    public static func sha256(_ message: Span<UInt8>) -> InlineArray<32, UInt8> {
        var digest = InlineArray<32, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        compute(.sha256, message, into: &span)
        return digest
    }

    /// SHA-384 of `message`.
    public static func sha384(_ message: Span<UInt8>) -> InlineArray<48, UInt8> {
        var digest = InlineArray<48, UInt8>(repeating: 0)
        var span = digest.mutableSpan
        compute(.sha384, message, into: &span)
        return digest
    }

    /// Writes the digest of `message` to the start of `target`, which has room for it.
    public static func compute(
        _ algorithm: DigestAlgorithm, _ message: Span<UInt8>, into target: inout MutableSpan<UInt8>
    ) {
        precondition(target.count >= algorithm.size)
        let result = unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_Digest(
                    message.baseAddress, message.count, target.baseAddress, nil, algorithm.method, nil)
            }
        }
        // Only exhausted memory can make it fail, and no caller could go on with a hash that is none.
        precondition(result == 1)
    }
}
