/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z, from then to the end of the year 9999.
public struct Timestamp: BitwiseCopyable, Comparable, Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
    public let microseconds: UInt64

    /// The last moment that RFC 3339 can write.
    public static let last: UInt64 = 253_402_300_799_999_999

    /// The moment so many microseconds after 1970; what is after the year 9999 becomes its last microsecond.
    public init(microseconds: UInt64) { self.microseconds = min(microseconds, Timestamp.last) }

    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.microseconds < other.microseconds }

    /// This moment so many microseconds earlier, 1970 at the earliest.
    public func earlier(by microseconds: UInt64) -> Timestamp {
        Timestamp(microseconds: self.microseconds - min(self.microseconds, microseconds))
    }
}
