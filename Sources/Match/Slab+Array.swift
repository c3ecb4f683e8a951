package import Bytes

extension Slab {
    /// The elements of `array`; `empty` is never seen.
    package init(_ array: [Element], empty: Element) {
        self.init(capacity: array.count, repeating: empty)
        copy(array.span, at: 0)
    }
}
