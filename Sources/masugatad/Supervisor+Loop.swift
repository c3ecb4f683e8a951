import Sys
import Wire

extension Supervisor {
    /// Serves until told to end. Answers the exit code.
    func run() -> Int32 {
        beginTransition()
        while exitCode == nil {
            let count = poller.wait(milliseconds: millisecondsToNextDeadline())
            for index in 0..<count { dispatch(poller.token(index)) }
            tick()
        }
        control.remove()
        return exitCode ?? 1
    }

    private func dispatch(_ token: UInt64) {
        switch token {
        case Token.signals: takeSignals()
        case Token.control: acceptClients()
        case Token.clients..<Token.children: serveClient(token)
        default: listen(toIncarnation: token - Token.children)
        }
    }

    private func takeSignals() {
        while let signal = signals.next() {
            switch signal {
            case .child: reap()
            case .hangUp: requestReload(client: nil)
            case .terminate, .interrupt: requestEnd()
            case .firstUser: break
            }
        }
    }

    private func reap() {
        while let (pid, end) = ChildProcess.reap() {
            if let post = posts.first(where: { $0.child?.pid == pid }), let child = post.child {
                // What it said before it went still counts.
                listen(to: child)
                ended(child, at: post, end)
            } else if selfTest?.pid == pid {
                selfTest?.end = end
                advance()
            } else if case .compiling(let compiler) = transition, compiler.pid == pid {
                compiled(compiler, end)
            }
        }
    }
}
