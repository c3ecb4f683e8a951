internal import COpenSSL

/// Unpredictable bytes from libcrypto's generator, which the kernel seeds.
public enum Random {
    /// Fills `target`.
    public static func fill(_ target: inout MutableSpan<UInt8>) {
        let result = unsafe target.withUnsafeMutableBufferPointer {
            unsafe RAND_priv_bytes($0.baseAddress, Int32($0.count))
        }
        // Nothing that needs a secret can go on without one.
        precondition(result == 1, "no random bytes")
    }

    /// `count` bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        fill(&span)
        return bytes
    }

    /// Draws `count` bytes and drops them, so that the generator is seeded.
    static func fill(count: Int) { _ = bytes(count) }
}
