/// A fixed number of places for values that own memory, each of which takes its memory only while it is there.
///
/// Values are named by the number of their place, and changed where they are: they are never moved, so that a large
/// one costs nothing to be looked at.
@safe
public struct OwnerTable<Element: ~Copyable>: ~Copyable {
    @usableFromInline let places: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>

    /// The number of places.
    public let capacity: Int

    /// Values that are there.
    public private(set) var count = 0

    /// Reserves `capacity` places, of one word each.
    public init(capacity: Int) {
        precondition(capacity >= 0)
        unsafe places = .allocate(capacity: capacity)
        unsafe places.initialize(repeating: nil, count: capacity)
        self.capacity = capacity
    }

    deinit {
        for index in 0..<capacity {
            guard let place = unsafe places[index] else { continue }
            unsafe place.deinitialize(count: 1)
            unsafe place.deallocate()
        }
        unsafe places.deallocate()
    }

    /// Puts `element` into the place `index`, which has to be free.
    public mutating func put(_ element: consuming Element, at index: Int) {
        precondition(!isTaken(index))
        let place = UnsafeMutablePointer<Element>.allocate(capacity: 1)
        unsafe place.initialize(to: element)
        unsafe places[index] = unsafe place
        count += 1
    }

    /// Ends the value in the place, and gives its memory back; nothing happens where there is none.
    public mutating func remove(_ index: Int) {
        precondition(index >= 0 && index < capacity)
        guard let place = unsafe places[index] else { return }
        unsafe places[index] = nil
        unsafe place.deinitialize(count: 1)
        unsafe place.deallocate()
        count -= 1
    }

    /// Whether something is in the place.
    @inlinable
    public func isTaken(_ index: Int) -> Bool {
        precondition(index >= 0 && index < capacity)
        return unsafe places[index] != nil
    }

    /// The value in a place that is taken.
    @inlinable
    public subscript(_ index: Int) -> Element {
        @inline(__always) unsafeAddress {
            precondition(index >= 0 && index < capacity)
            guard let place = unsafe places[index] else { preconditionFailure("the place is free") }
            return unsafe UnsafePointer(place)
        }
        @inline(__always) unsafeMutableAddress {
            precondition(index >= 0 && index < capacity)
            guard let place = unsafe places[index] else { preconditionFailure("the place is free") }
            return unsafe place
        }
    }
}
