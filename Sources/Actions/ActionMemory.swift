import Bytes

/// What actions write on their way: reserved once, used for one message at a time.
public struct ActionMemory: ~Copyable {
    var rewritten: ActionText
    var canonical: ActionText

    /// A value of a field, or the content of an answer.
    var text: ActionText

    /// Room for messages whose heads and pages fit into `size` bytes.
    public init(size: Int) {
        rewritten = ActionText(size: 2 * size)
        canonical = ActionText(size: size)
        text = ActionText(size: 2 * size)
    }

    /// The path that ``ActionTable/rewritePath(_:_:rules:using:)`` made.
    public var path: Span<UInt8> {
        @_lifetime(borrow self) get { canonical.bytes }
    }
}

/// A text that is written and then read.
struct ActionText: ~Copyable {
    private var pool: BufferPool
    private let buffer: Buffer
    var count = 0

    init(size: Int) {
        pool = BufferPool(capacity: 1, size: size)
        buffer = pool.take()
    }

    var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { pool.bytes(buffer, 0, count) }
    }

    /// All of the room.
    var room: MutableSpan<UInt8> {
        @_lifetime(&self) mutating get { pool.mutableBytes(buffer, 0, pool.size) }
    }
}
