import Wire

extension Role {
    /// What happens to requests while the process is down; it is started again at once.
    var onDeath: String {
        switch self {
        case .supervisor: "all processes end with it; the service manager starts it again"
        case .config: "the reload fails, what was served is served on"
        case .keyholder: "closed: new TLS handshakes wait or fail, established connections go on"
        case .proxy: "closed: its own connections are lost, new ones wait for its successor or go to its siblings"
        case .dialer: "closed: requests that need a new upstream connection wait for its successor, the others go on"
        case .logd: "open: records wait in memory and are written by its successor; none of a completed request is lost"
        }
    }
}
