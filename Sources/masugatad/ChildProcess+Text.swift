import Sys

extension ChildProcess.End {
    /// How it ended, after the name of the process.
    var text: String {
        switch self {
        case .exited(let code): "ended with exit code \(code)"
        case .signalled(31): "was killed by its system call filter (SIGSYS)"
        case .signalled(9): "was killed (SIGKILL)"
        case .signalled(let number): "was ended by signal \(number)"
        }
    }
}
