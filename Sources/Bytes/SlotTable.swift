/// A fixed number of places for plain values that come and go: connections, exchanges.
///
/// Each place has a generation that changes whenever it is taken or given back, so that whoever kept its number can
/// tell whether the same value is still there. Memory becomes resident only as far as places were ever taken.
@safe
public struct SlotTable<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    /// Odd: taken. Even: free.
    @usableFromInline let generations: UnsafeMutablePointer<UInt32>
    @usableFromInline let free: UnsafeMutablePointer<UInt32>
    @usableFromInline var freeCount = 0
    @usableFromInline var everTaken = 0

    /// The number of places.
    public let capacity: Int

    /// Reserves `capacity` places.
    public init(capacity: Int) {
        precondition(capacity >= 0 && capacity < Int(UInt32.max))
        unsafe base = .allocate(capacity: capacity)
        unsafe generations = .allocate(capacity: capacity)
        unsafe free = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe base.deallocate()
        unsafe generations.deallocate()
        unsafe free.deallocate()
    }

    /// Places in use.
    @inlinable public var count: Int { everTaken - freeCount }

    /// One more than the highest place ever taken: where a walk over all places ends.
    @inlinable public var end: Int { everTaken }

    /// Puts `element` into a free place; nil when there is none.
    @inlinable
    public mutating func take(_ element: Element) -> Int? {
        let index: Int
        if freeCount > 0 {
            freeCount -= 1
            index = Int(unsafe free[freeCount])
            unsafe generations[index] &+= 1
        } else if everTaken < capacity {
            index = everTaken
            everTaken += 1
            unsafe generations[index] = 1
        } else {
            return nil
        }
        unsafe (base + index).initialize(to: element)
        return index
    }

    /// Frees a taken place.
    @inlinable
    public mutating func giveBack(_ index: Int) {
        precondition(isTaken(index))
        unsafe generations[index] &+= 1
        unsafe free[freeCount] = UInt32(truncatingIfNeeded: index)
        freeCount += 1
    }

    /// Whether something is in the place.
    @inlinable
    public func isTaken(_ index: Int) -> Bool {
        if index < 0 || index >= everTaken { return false }
        return unsafe generations[index] & 1 == 1
    }

    /// The generation of a place; differs for every value that was ever in it.
    @inlinable
    public func generation(_ index: Int) -> UInt32 {
        precondition(index >= 0 && index < everTaken)
        return unsafe generations[index]
    }

    /// Whether the value that had `generation` is still in the place.
    @inlinable
    public func holds(_ index: Int, generation: UInt32) -> Bool {
        if index < 0 || index >= everTaken { return false }
        return unsafe generations[index] == generation && generation & 1 == 1
    }

    /// The value at a place that was taken at least once.
    @inlinable
    public subscript(_ index: Int) -> Element {
        @inline(__always) unsafeAddress {
            precondition(index >= 0 && index < everTaken)
            return unsafe UnsafePointer(base + index)
        }
        @inline(__always) unsafeMutableAddress {
            precondition(index >= 0 && index < everTaken)
            return unsafe base + index
        }
    }
}
