import Sys

/// The two ends of a new channel, each with owners of its own.
struct Ends {
    let near: Handle
    let far: Handle

    init() throws(Failure) {
        let pair = try Failure.about("channel") { () throws(Errno) in
            let pair = try Channel.pair()
            return (Handle(try pair.near.duplicate()), Handle(try pair.far.duplicate()))
        }
        near = pair.0
        far = pair.1
    }
}

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
