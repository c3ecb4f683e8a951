internal import Bytes
internal import Wire

/// What the dialer is to be told at the end of the turn, in order.
struct DialQueue: ~Copyable {
    private var entries: Slab<QueuedDial>
    private var first = 0
    private(set) var count = 0

    /// Every upstream connection can be asked for, cancelled and closed.
    init(capacity: Int) {
        entries = Slab(
            capacity: capacity * 3 + 64,
            repeating: QueuedDial(request: DialRequest(action: .connect, id: 0, upstream: 0), generation: 0))
    }

    /// Appends a request; false when there is no room, which the caller takes for a failed connection.
    mutating func append(_ request: DialRequest, generation: UInt32) -> Bool {
        if count == entries.capacity { return false }
        entries[(first + count) % entries.capacity] = QueuedDial(request: request, generation: generation)
        count += 1
        return true
    }

    /// Writes one message of the first requests, which are all of one generation, to the start of a buffer.
    func encode(to pool: inout BufferPool, _ buffer: Buffer) -> (requests: Int, bytes: Int) {
        var writer = ByteWriter(pool.mutableBytes(buffer, 0, DialFormat.messageLimit))
        let generation = entries[first].generation
        var batch = 0
        while batch < min(count, DialFormat.batchLimit) {
            if entries[(first + batch) % entries.capacity].generation != generation { break }
            batch += 1
        }
        DialRequest.begin(&writer, generation: generation, count: batch)
        for index in 0..<batch { entries[(first + index) % entries.capacity].request.write(to: &writer) }
        return (batch, writer.count)
    }

    /// Forgets the first requests: they have been sent.
    mutating func removeFirst(_ number: Int) {
        first = (first + number) % entries.capacity
        count -= number
    }

    /// Forgets all: the dialer they were for is gone.
    mutating func removeAll() {
        first = 0
        count = 0
    }
}

/// One request in a ``DialQueue``.
struct QueuedDial: BitwiseCopyable {
    var request: DialRequest
    var generation: UInt32
}
