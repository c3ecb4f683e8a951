/// How much the recorder does at once. None of it is a matter of policy.
enum RecorderLimits {
    /// Events that wait for the file.
    static let events = 1_024
    /// Records of one ring before the next ring has its turn.
    static let recordsOfOneTurn = 512
    /// Rounds over all rings before the control channel is looked at again.
    static let passes = 16
    /// Microseconds between two attempts to write to a file that takes nothing.
    static let retry: UInt64 = 1_000_000
    /// Microseconds between two looks for segments that have been kept long enough.
    static let removal: UInt64 = 3_600_000_000
    /// Microseconds after a worker broke the rules in which it is ended; what it leaves in its ring until then is
    /// skipped. Its successor on the same ring takes longer than this to start.
    static let rest: UInt64 = 100_000
}
