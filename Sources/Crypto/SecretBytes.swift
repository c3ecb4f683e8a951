internal import COpenSSL
internal import Glibc

/// Bytes that are erased when their owner goes. They live in libcrypto's heap, which in the key-holder is memory
/// that not even the kernel maps.
@safe
public struct SecretBytes: ~Copyable {
    private let base: UnsafeMutablePointer<UInt8>

    /// How many.
    public let count: Int

    /// `count` zeros.
    public init(count: Int) {
        precondition(count >= 0)
        guard let memory = unsafe CRYPTO_zalloc(max(count, 1), "SecretBytes", 0) else {
            fatalError("no memory for a secret")
        }
        unsafe base = memory.bindMemory(to: UInt8.self, capacity: max(count, 1))
        self.count = count
    }

    /// `count` random bytes.
    public static func random(_ count: Int) -> SecretBytes {
        var secret = SecretBytes(count: count)
        secret.withMutableSpan { Random.fill(&$0) }
        return secret
    }

    /// The content of an open file, read from its start without moving its offset and without another copy.
    /// - Throws: `tooLong` above `limit` bytes, `unreadable`.
    public init(contentsOf descriptor: Int32, limit: Int) throws(CryptoError) {
        var buffer = SecretBytes(count: limit + 1)
        var length = 0
        while length <= limit {
            let count = unsafe pread(descriptor, buffer.base + length, limit + 1 - length, length)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw .unreadable(errno) }
            if count == 0 { break }
            length += count
        }
        if length > limit { throw .tooLong(limit: limit) }
        self.init(count: length)
        unsafe base.update(from: buffer.base, count: length)
        buffer.withMutableSpan { Memory.erase(&$0) }
    }

    deinit {
        unsafe CRYPTO_clear_free(base, max(count, 1), "SecretBytes", 0)
    }

    /// All of them.
    public var span: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: base, count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// All of them, to be changed.
    public mutating func withMutableSpan<Result>(_ body: (inout MutableSpan<UInt8>) -> Result) -> Result {
        var span = unsafe MutableSpan(_unsafeStart: base, count: count)
        return body(&span)
    }

    /// Changes one byte.
    public mutating func set(_ index: Int, _ byte: UInt8) {
        precondition(index >= 0 && index < count)
        unsafe base[index] = byte
    }
}
