import Wire

/// A place in the process model that is always to be filled: one of the helpers, or a worker by its number.
final class Post {
    let role: Role
    /// The number of a worker, else 0.
    let worker: UInt16
    /// Who fills it now.
    var child: Child?
    /// How often it was filled again.
    var restarts = 0
    var backOff = BackOff()
    /// When it is to be filled again, monotonic microseconds.
    var restartTime: UInt64?
    /// How the last one ended.
    var lastEnd = ""

    init(role: Role, worker: UInt16 = 0) {
        self.role = role
        self.worker = worker
    }

    /// How the place is called in texts.
    var name: String { role == .proxy ? "proxy \(worker)" : role.name }
}
