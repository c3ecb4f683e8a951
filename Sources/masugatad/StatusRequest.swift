/// Clients that wait until every process has told its counters.
struct StatusRequest {
    var clients: [UInt64]
    /// Microseconds, monotonic.
    let deadline: UInt64

    /// How long the counters may take, microseconds.
    static let patience: UInt64 = 1_000_000
}
