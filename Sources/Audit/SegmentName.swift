import Bytes

/// The name of a segment of the audit log: `20261123T180000Z-0000000000000001.jsonl`.
///
/// The time is that at which the segment was begun, the number that of its first record, so that the names alone say
/// what is where, and a plain listing is in order.
public struct SegmentName: Hashable, Sendable {
    /// When its first record was written, to the second.
    public let begun: Timestamp

    /// The number of its first record.
    public let firstSequence: UInt64

    /// The ending of all segments.
    public static let ending = ".jsonl"

    /// The name of the segment begun at this time with this record.
    public init(begun: Timestamp, firstSequence: UInt64) {
        self.begun = Timestamp(microseconds: begun.microseconds / 1_000_000 * 1_000_000)
        self.firstSequence = firstSequence
    }

    /// The parts of a file's name, or nil when it is not a segment's.
    public init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard name.hasSuffix(SegmentName.ending), bytes.count > 17, bytes[16] == UInt8(ascii: "-"),
            let begun = Timestamp(compact: bytes.span.extracting(0..<16))
        else { return nil }
        let digits = bytes[17..<(bytes.count - SegmentName.ending.utf8.count)]
        guard digits.count >= SegmentName.width, digits.allSatisfy(ASCII.isDigit),
            let number = UInt64(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self.begun = begun
        firstSequence = number
    }

    /// The file's name.
    public var text: String {
        var name = [UInt8](repeating: 0, count: 64)
        var writer = ByteWriter(name.mutableSpan)
        writer.append(compactTime: begun)
        writer.append(UInt8(ascii: "-"))
        writer.append(decimal: firstSequence, width: SegmentName.width)
        let count = writer.count
        return String(decoding: name[..<count], as: UTF8.self) + SegmentName.ending
    }

    /// Digits of the number: enough for a thousand years at 300,000 records a second.
    private static let width = 16
}

extension SegmentName: Comparable {
    /// By number: the clock may have been set back, the numbers never are.
    public static func < (one: SegmentName, other: SegmentName) -> Bool {
        (one.firstSequence, one.begun) < (other.firstSequence, other.begun)
    }
}
