import Sys
import Wire

extension Supervisor {
    /// A process has ended.
    func ended(_ child: Child, at post: Post, _ end: ChildProcess.End) {
        post.child = nil
        post.lastEnd = end.text
        if child.role == .proxy { unlink(child) }
        if drain != nil {
            advanceDrain()
            return
        }
        let text = "\(child.name) (pid \(child.pid)) \(end.text)"
        if current == nil {
            fail("masugatad: cannot start: \(text)")
            return
        }
        let wait = post.backOff.died(after: child.started.age(at: Clock.monotonic()))
        post.restartTime = Clock.monotonic() + wait
        record("process.ended", "\(text); it is started again \(wait == 0 ? "at once" : "in \(wait / 1_000) ms")")
        interrupted(by: text)
    }

    /// Fills the places whose time has come.
    func restart(at now: UInt64) {
        if drain != nil { return }
        for post in posts {
            guard let time = post.restartTime, time <= now else { continue }
            post.restarts += 1
            do throws(Failure) {
                try fill(post)
            } catch {
                let wait = post.backOff.died(after: 0)
                post.restartTime = now + wait
                record("process.failed", "\(post.name) cannot be started: \(error.text)")
            }
        }
    }

    /// The dialer can read the resolver's files that were there when it was confined, and no others. When one has been
    /// replaced it is started again.
    func watchResolverFiles() {
        guard let dialer = helper(.dialer), !dialer.isDoomed, resolverFiles != currentResolverFiles() else { return }
        resolverFiles = currentResolverFiles()
        record(
            "resolver.changed", "the resolver's configuration has been replaced; the dialer is started again to see it")
        posts.first { $0.role == .dialer }?.backOff = BackOff()
        kill(dialer)
    }
}
