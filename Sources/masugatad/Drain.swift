/// The end, in order: the workers finish what is under way, then the helpers go, the log writer last.
struct Drain {
    enum Stage { case proxies, helpers, log }

    var stage = Stage.proxies
    /// Microseconds, monotonic; then what is left of the stage is ended by force.
    var deadline: UInt64

    /// Time beyond what the policy gives to the workers, microseconds.
    static let grace: UInt64 = 5_000_000
    /// Time for the log writer to write what it has, microseconds.
    static let logPatience: UInt64 = 15_000_000
    /// Milliseconds for helpers, which have nothing under way by then.
    static let helperMilliseconds: UInt32 = 2_000
}
