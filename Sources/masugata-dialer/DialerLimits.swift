/// How much the dialer does at once, and how often. None of it is a matter of policy.
enum DialerLimits {
    /// Descriptors on their way to one worker. Those that a worker does not take count against this process.
    static let descriptorsInFlight = 64

    /// Messages of one worker before the next worker has its turn.
    static let messagesOfOneTurn = 16

    /// Milliseconds until a worker that takes no answers is tried again.
    static let answerPause: UInt64 = 5

    /// Addresses that one name may have.
    static let addressesOfOneName = 16

    /// Microseconds between two resolutions of a name.
    static let nameRefresh: UInt64 = 30_000_000

    /// Microseconds until a name that does not resolve is tried again.
    static let nameRetry: UInt64 = 5_000_000

    /// Microseconds for which a new plan waits for its names. Then it is served without those that are missing.
    static let namePatience: UInt64 = 3_000_000

    /// Microseconds for which an address that failed comes after the others of its name.
    static let addressPause: UInt64 = 10_000_000
}
