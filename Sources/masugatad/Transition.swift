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
