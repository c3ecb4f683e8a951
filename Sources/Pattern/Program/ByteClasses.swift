/// Classes of bytes that a pattern does not tell apart, so that its automaton has a column for each class instead of
/// each byte.
struct ByteClasses: Sendable {
    /// For each byte its class. Classes are numbered from 0 on, in the order of their lowest bytes.
    let numbers: [UInt8]

    /// For each class its lowest byte.
    let representatives: [UInt8]

    /// The fewest classes such that each of `sets` is made of whole ones.
    init(_ sets: [ByteSet]) {
        var numbers = [Int](repeating: 0, count: 256)
        var count = 1
        for set in sets where count < 256 {
            // Each class is split into the part inside of the set and the part outside.
            var split = [Int](repeating: -1, count: count * 2)
            count = 0
            for byte in 0..<256 {
                let part = numbers[byte] * 2 + (set.contains(UInt8(byte)) ? 1 : 0)
                if split[part] < 0 {
                    split[part] = count
                    count += 1
                }
                numbers[byte] = split[part]
            }
        }
        var representatives: [UInt8] = []
        for byte in 0..<256 where numbers[byte] == representatives.count { representatives.append(UInt8(byte)) }
        self.numbers = numbers.map { UInt8($0) }
        self.representatives = representatives
    }
}
