import Bytes

/// Bytes that are written once and then read.
struct Room: ~Copyable {
    private var pool: BufferPool
    private let buffer: Buffer

    init(size: Int) {
        pool = BufferPool(capacity: 1, size: size)
        buffer = pool.take()
    }

    /// Writes from the start.
    var writer: ByteWriter {
        @_lifetime(&self) mutating get { ByteWriter(pool.mutableBytes(buffer, 0, pool.size)) }
    }

    /// The first `count` bytes.
    func bytes(_ count: Int) -> [UInt8] {
        let written = pool.bytes(buffer, 0, count)
        var copy: [UInt8] = []
        for index in written.indices { copy.append(written[index]) }
        return copy
    }
}
