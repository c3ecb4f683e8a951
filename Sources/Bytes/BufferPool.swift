/// A buffer taken from a ``BufferPool``; a plain number, so that it can live in a slab.
public struct Buffer: BitwiseCopyable, Equatable, Sendable {
    @usableFromInline var index: UInt32

    @usableFromInline init(index: UInt32) { self.index = index }

    /// No buffer.
    public static var none: Buffer { Buffer(index: .max) }

    /// Whether this names a buffer.
    @inlinable public var isSome: Bool { index != .max }
}

/// Buffers of one size, handed out last in, first out, so that the few in use stay in the processor's cache.
///
/// The memory is reserved at once and becomes resident only as deep as the pool was ever used.
@safe
public struct BufferPool: ~Copyable {
    @usableFromInline let base: UnsafeMutablePointer<UInt8>
    @usableFromInline var free: Slab<UInt32>
    @usableFromInline var freeCount: Int
    /// From the start of one buffer to that of the next.
    @usableFromInline let stride: Int

    /// Bytes in each buffer.
    public let size: Int

    /// Buffers in the pool.
    public let capacity: Int

    /// Reserves `capacity` buffers of `size` bytes each.
    public init(capacity: Int, size: Int) {
        precondition(capacity > 0 && capacity < Int(UInt32.max) && size > 0)
        stride = size + BufferPool.offset
        unsafe base = .allocate(capacity: capacity * stride)
        free = Slab(capacity: capacity, repeating: 0)
        for index in 0..<capacity { free[index] = UInt32(capacity - 1 - index) }
        freeCount = capacity
        self.size = size
        self.capacity = capacity
    }

    deinit { unsafe base.deallocate() }

    /// Bytes between two buffers. Their beginnings are what is used most, and with a power of two between them all
    /// would compete for the same few lines of the processor's caches.
    @inlinable static var offset: Int { 5 * 64 }

    /// Buffers that can still be taken.
    @inlinable public var available: Int { freeCount }

    /// Takes a buffer; ``Buffer/none`` when all are in use.
    @inlinable
    public mutating func take() -> Buffer {
        if freeCount == 0 { return .none }
        freeCount -= 1
        return Buffer(index: free[freeCount])
    }

    /// Gives `buffer` back and forgets it; does nothing for ``Buffer/none``.
    @inlinable
    public mutating func giveBack(_ buffer: inout Buffer) {
        if !buffer.isSome { return }
        free[freeCount] = buffer.index
        freeCount += 1
        buffer = .none
    }

    /// The bytes of `buffer` in `start..<end`.
    @inlinable
    @_lifetime(borrow self)
    public func bytes(_ buffer: Buffer, _ start: Int, _ end: Int) -> Span<UInt8> {
        precondition(start >= 0 && start <= end && end <= size && Int(buffer.index) < capacity)
        let span = unsafe Span(_unsafeStart: base + (Int(buffer.index) &* stride + start), count: end - start)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The bytes of `buffer` in `start..<end`, to be written.
    @inlinable
    @_lifetime(&self)
    public mutating func mutableBytes(_ buffer: Buffer, _ start: Int, _ end: Int) -> MutableSpan<UInt8> {
        precondition(start >= 0 && start <= end && end <= size && Int(buffer.index) < capacity)
        let span = unsafe MutableSpan(_unsafeStart: base + (Int(buffer.index) &* stride + start), count: end - start)
        return unsafe _overrideLifetime(span, mutating: &self)
    }

    /// Copies `count` bytes from one buffer into another (or within one; the ranges may overlap).
    @inlinable
    public mutating func copy(
        from source: Buffer, at sourceStart: Int, count: Int, to destination: Buffer, at destinationStart: Int
    ) {
        precondition(count >= 0 && sourceStart >= 0 && destinationStart >= 0)
        precondition(sourceStart + count <= size && destinationStart + count <= size)
        precondition(Int(source.index) < capacity && Int(destination.index) < capacity)
        unsafe (base + (Int(destination.index) &* stride + destinationStart))
            .update(from: base + (Int(source.index) &* stride + sourceStart), count: count)
    }
}
