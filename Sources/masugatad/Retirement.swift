/// A policy that is served no more but may still be used by connections.
struct Retirement {
    let generation: Generation
    /// Microseconds, monotonic; then it is retired whoever still uses it.
    let deadline: UInt64

    /// The longest time that connections may use an older policy's keys, microseconds.
    static let patience: UInt64 = 60_000_000
}
