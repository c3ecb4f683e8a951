/// What the balancer knows of one server.
struct ServerState: BitwiseCopyable {
    /// How often it is chosen, compared with its neighbours; at least 1.
    var weight: Int32

    /// The running credit of the smooth weighted round robin.
    var credit: Int32 = 0

    /// Failures in a row.
    var failures: UInt32 = 0

    /// Whether one caller has it to see if it works again.
    var onTrial = false

    /// Until when it is left alone, in the caller's microseconds.
    var pausedUntil: UInt64 = 0

    /// Until when it is taken to have no room for another connection, in the caller's microseconds.
    var fullUntil: UInt64 = 0

    /// A server of this weight that has never failed.
    init(weight: Int32) { self.weight = weight }

    /// Whether it has no room at `now`.
    func isFull(_ now: UInt64) -> Bool { now < fullUntil }

    /// Whether it is to be left alone at `now`.
    func isPaused(_ now: UInt64) -> Bool { failures > 0 && now < pausedUntil }
}
