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
