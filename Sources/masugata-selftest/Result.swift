internal import Sandbox
internal import Sys

/// How one attempt came out.
struct Result {
    let subject: Subject
    let escape: Escape
    let end: ChildProcess.End

    /// SIGSYS: killed by the system call filter.
    private static let killed: Int32 = 31

    var verdict: Verdict {
        switch end {
        case .signalled(Result.killed): .held
        case .signalled: .unclear
        case .exited(FiringRange.End.escaped): .escaped
        case .exited(let code): code > 0 && code < FiringRange.End.escaped ? .held : .unclear
        }
    }

    /// One line: what was tried, by whom, and what became of it.
    var line: String {
        let what = "\(subject.profile.name): \(escape.name): "
        switch end {
        case .signalled(Result.killed): return what + "killed"
        case .signalled(let signal): return what + "UNCLEAR, ended by signal \(signal)"
        case .exited(FiringRange.End.escaped): return what + "ESCAPED"
        case .exited(let code):
            return what + (verdict == .held ? "refused, \(Errno(code, "errno"))" : "UNCLEAR, could not be confined")
        }
    }
}
