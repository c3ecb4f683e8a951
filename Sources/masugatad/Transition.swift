/// The way of a policy from the file to the processes.
///
/// compiling → gathering → preparing → committing helpers → committing proxies → idle. Until the first commit any
/// failure takes the new policy back and leaves the old one serving; after it there is no way back, and whoever dies
/// on the way is started again with the new one.
enum Transition {
    /// What there is, is served.
    case idle
    /// `masugata-config` runs.
    case compiling(Compiler)
    /// The processes take it on.
    case rolling(Rollout)

    var isIdle: Bool {
        if case .idle = self { return true }
        return false
    }
}

/// A policy that the processes take on.
struct Rollout {
    let generation: Generation
    var stage = Stage.gathering
    /// Microseconds, monotonic; up to the first commit.
    let deadline: UInt64

    /// The longest way to the first commit, microseconds.
    static let patience: UInt64 = 120_000_000

    enum Stage {
        /// Every place is filled and every process serves what is current.
        case gathering
        /// Every process builds the new policy beside the current one.
        case preparing
        /// The helpers serve the new one (and the old one too).
        case committingHelpers
        /// The workers serve the new one.
        case committingProxies
    }
}

/// A policy that is served no more but may still be used by connections.
struct Retirement {
    let generation: Generation
    /// Microseconds, monotonic; then it is retired whoever still uses it.
    let deadline: UInt64

    /// The longest time that connections may use an older policy's keys, microseconds.
    static let patience: UInt64 = 60_000_000
}
