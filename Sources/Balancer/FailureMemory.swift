/// How long a server that failed is left alone.
public struct FailureMemory: BitwiseCopyable, Equatable, Sendable {
    /// Microseconds after the first failure; each further failure in a row doubles it.
    public var first: UInt64

    /// Microseconds that it never exceeds.
    public var longest: UInt64

    /// A memory of these times, in microseconds.
    public init(first: UInt64 = 1_000_000, longest: UInt64 = 30_000_000) {
        self.first = first
        self.longest = longest
    }

    /// The time a server is left alone after so many failures in a row, at least one.
    public func pause(afterFailures failures: UInt32) -> UInt64 {
        let doublings = UInt64(min(max(failures, 1) - 1, 32))
        let (pause, overflow) = first.multipliedReportingOverflow(by: 1 << doublings)
        return overflow ? longest : min(pause, longest)
    }
}
