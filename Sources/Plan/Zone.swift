/// The zone in which times of day and weekdays are meant: its offsets from UTC, for as long as a plan may be served.
public struct Zone: Equatable, Sendable {
    /// From when an offset holds.
    public struct Transition: BitwiseCopyable, Equatable, Sendable {
        /// Seconds since 1970-01-01 00:00 UTC, from which the offset holds.
        public var start: Int64

        /// Seconds that local time is ahead of UTC; within ``PlanBounds/zoneOffset``.
        public var offset: Int32

        /// The offset `offset` from `start` on.
        public init(start: Int64, offset: Int32) {
            self.start = start
            self.offset = offset
        }
    }

    /// The name in the database of time zones (RFC 6557), or `UTC`.
    public var name: String

    /// The transitions, earliest first, each before the next; at least one. Before the first its offset holds as well.
    public var transitions: [Transition]

    /// The zone of these parts; UTC unless they are given.
    public init(name: String = "UTC", transitions: [Transition] = [Transition(start: 0, offset: 0)]) {
        self.name = name
        self.transitions = transitions
    }

    /// Seconds that local time is ahead of UTC at `time`, in seconds since 1970-01-01 00:00 UTC.
    public func offset(at time: Int64) -> Int32 {
        var low = 0
        var high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle].start <= time { low = middle } else { high = middle }
        }
        return transitions[low].offset
    }
}
