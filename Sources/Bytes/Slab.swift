/// A fixed number of plain values, allocated once and named by index.
///
/// The event loop's connections, exchanges and buffers live in slabs: no element is ever moved, retained or
/// released, and an index that is out of range traps instead of reading a neighbour's memory.
@safe
public struct Slab<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline let base: UnsafeMutablePointer<Element>

    /// The number of elements.
    public let capacity: Int

    /// Allocates `capacity` elements, each a copy of `element`.
    public init(capacity: Int, repeating element: Element) {
        precondition(capacity >= 0)
        unsafe base = .allocate(capacity: capacity)
        unsafe base.initialize(repeating: element, count: capacity)
        self.capacity = capacity
    }

    deinit { unsafe base.deallocate() }

    /// The element at `index`, in place.
    @inlinable
    public subscript(_ index: Int) -> Element {
        @inline(__always) unsafeAddress {
            precondition(index >= 0 && index < capacity)
            return unsafe UnsafePointer(base + index)
        }
        @inline(__always) unsafeMutableAddress {
            precondition(index >= 0 && index < capacity)
            return unsafe base + index
        }
    }
}
