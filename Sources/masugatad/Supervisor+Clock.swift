import Sandbox
import Sys
import Wire

extension Supervisor {
    /// Microseconds between two pings.
    private static let pingInterval: UInt64 = 3_000_000
    /// A process that has not answered for so long is ended, microseconds.
    private static let pingPatience: UInt64 = 10_000_000
    /// A process that is not confined so long after its start is ended, microseconds.
    private static let confinementPatience: UInt64 = 15_000_000
    /// The longest wait for events, milliseconds: nothing that is timed needs it finer.
    private static let longestWait: UInt64 = 1_000

    /// Does what is due.
    func tick() {
        let now = Clock.monotonic()
        restart(at: now)
        checkTransition(at: now)
        checkDrain(at: now)
        checkClients(at: now)
        if !retiring.isEmpty { retire() }
        endTheSilent(now)
        if lastPing.age(at: now) >= Supervisor.pingInterval {
            lastPing = now
            ping(now)
            watchResolverFiles()
        }
        feedWatchdog(now)
    }

    /// How long the poller may wait.
    func millisecondsToNextDeadline() -> Int32 {
        if exitCode != nil { return 0 }
        let now = Clock.monotonic()
        var wait = Supervisor.longestWait * 1_000
        for post in posts {
            if let time = post.restartTime { wait = min(wait, time > now ? time - now : 0) }
        }
        if let watchdog = notify.watchdog { wait = min(wait, watchdog / 4) }
        if let request = statusRequest { wait = min(wait, request.deadline > now ? request.deadline - now : 0) }
        return Int32((wait + 999) / 1_000)
    }

    private func ping(_ now: UInt64) {
        for child in children where child.conversation.isConfined && !child.isDoomed && child.conversation.ping == nil {
            child.pinged = now
            child.send(.ping(number: nextNumber()))
        }
    }

    private func endTheSilent(_ now: UInt64) {
        for child in children where !child.isDoomed {
            if child.conversation.ping != nil && child.pinged.age(at: now) > Supervisor.pingPatience {
                record("process.silent", "\(child.name) (pid \(child.pid)) does not answer and is ended")
                kill(child)
            } else if !child.conversation.isConfined && child.started.age(at: now) > Supervisor.confinementPatience {
                record("process.silent", "\(child.name) (pid \(child.pid)) did not confine itself and is ended")
                kill(child)
            }
        }
    }

    /// The service manager hears that all is well only while every process answers.
    private func feedWatchdog(_ now: UInt64) {
        guard let interval = notify.watchdog, isReady, lastWatchdog.age(at: now) >= interval / 2 else { return }
        let allAnswer = posts.allSatisfy { post in
            guard let child = post.child, !child.isDoomed, child.conversation.isConfined else { return false }
            return child.conversation.ping == nil || child.pinged.age(at: now) < Supervisor.pingInterval
        }
        if !allAnswer { return }
        lastWatchdog = now
        notify.alive()
    }

    /// What the resolver's files are now.
    func currentResolverFiles() -> [[UInt64]?] { Sandbox.resolverFiles.map(Host.fileKey) }
}
