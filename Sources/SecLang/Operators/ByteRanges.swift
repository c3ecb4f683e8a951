/// A set of byte values, as `@validateByteRange 9,10,13,32-126` names them.
public struct ByteRanges: Hashable, Sendable {
    /// The values as ranges, ascending and apart from each other.
    public let ranges: [ClosedRange<UInt8>]

    /// The values of all these ranges.
    public init(_ ranges: [ClosedRange<UInt8>]) {
        var joined: [ClosedRange<UInt8>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, Int(range.lowerBound) <= Int(last.upperBound) + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    /// Whether `byte` is one of the values.
    public func contains(_ byte: UInt8) -> Bool { ranges.contains { $0.contains(byte) } }
}
