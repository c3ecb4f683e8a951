internal import Bytes

/// Statuses: one (`404`), a class (`4xx`) or a range (`500-503`).
public struct StatusPattern: Equatable, Sendable {
    private let range: ClosedRange<UInt64>

    /// The statuses that `text` stands for; nil when it stands for none.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let classes = UInt8(ascii: "1")...UInt8(ascii: "5")
        if bytes.count == 3, classes.contains(bytes[0]), text.lowercased().hasSuffix("xx") {
            let first = UInt64(bytes[0] - 0x30) * 100
            range = first...(first + 99)
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
            end.utf8.count == 3 && end.utf8.allSatisfy(ASCII.isDigit) ? UInt64(end) : nil
        }
        guard let first = ends[0], ends.count <= 2, let last = ends[ends.count - 1], first <= last else { return nil }
        range = first...last
    }

    /// Whether `status` is one of them.
    public func matches(_ status: UInt64) -> Bool { range.contains(status) }
}
