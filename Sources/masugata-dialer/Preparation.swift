/// A generation that stands beside the one in use.
struct Preparation {
    let table: UpstreamTable

    /// Until when its names are waited for (``Clock/monotonic()``).
    let giveUp: UInt64

    /// Whether all of it has come, and it is to be answered.
    var isComplete = false
}
