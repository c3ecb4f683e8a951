/// How an input is cut into the pieces that arrive one after the other.
enum Cuts {
    /// Ways to cut `count` bytes: at every byte, and once at a place that depends on the bytes.
    ///
    /// Each is the ends of the pieces in their order.
    static func ways(_ input: Span<UInt8>) -> [[Int]] {
        let count = input.count
        if count == 0 { return [] }
        var hash: UInt32 = 0x811c_9dc5
        for index in input.indices { hash = (hash ^ UInt32(input[index])) &* 0x0100_0193 }
        let place = Int(hash) % (count + 1)
        return [Array(1...count), [place, count]]
    }
}
