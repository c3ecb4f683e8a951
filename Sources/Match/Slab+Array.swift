import Bytes

extension Slab {
    /// The elements of `array`; `empty` is never seen.
    init(_ array: [Element], empty: Element) {
        self.init(capacity: array.count, repeating: empty)
        for (index, element) in array.enumerated() { self[index] = element }
    }
}
