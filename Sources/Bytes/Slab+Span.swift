extension Slab {
    /// The elements in `start..<end`; traps when the range is not inside the slab.
    @inlinable
    @_lifetime(borrow self)
    public func span(_ start: Int, _ end: Int) -> Span<Element> {
        precondition(start >= 0 && start <= end && end <= capacity)
        let span = unsafe Span(_unsafeStart: base + start, count: end - start)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The elements in `start..<end`, to be written; traps when the range is not inside the slab.
    @inlinable
    @_lifetime(&self)
    public mutating func mutableSpan(_ start: Int, _ end: Int) -> MutableSpan<Element> {
        precondition(start >= 0 && start <= end && end <= capacity)
        let span = unsafe MutableSpan(_unsafeStart: base + start, count: end - start)
        return unsafe _overrideLifetime(span, mutating: &self)
    }

    /// Copies all of `elements` to the places from `start` on; traps when they do not fit.
    @inlinable
    public mutating func copy(_ elements: Span<Element>, at start: Int) {
        let count = elements.count
        precondition(start >= 0 && count <= capacity && start <= capacity - count)
        unsafe elements.withUnsafeBufferPointer { source in
            // The two cannot overlap: the slab is written exclusively, so no span of it is alive.
            if let from = source.baseAddress { unsafe (base + start).update(from: from, count: count) }
        }
    }
}
