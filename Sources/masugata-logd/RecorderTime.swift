internal import Audit
internal import Sys

/// The time as the recorder needs it; given by the caller, so that the same calls do the same.
struct RecorderTime: Equatable {
    /// For intervals: microseconds that never go back.
    var monotonic: UInt64
    /// For records.
    var wall: Timestamp

    /// Now.
    static func now() -> RecorderTime {
        RecorderTime(monotonic: Clock.monotonic(), wall: Timestamp(microseconds: Clock.wall()))
    }
}
