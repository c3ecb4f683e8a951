import Plan
import Sandbox
import Sys
import Wire

extension Supervisor {
    /// Makes the places of the process model for the first policy and fills them.
    func fillPosts(workers: Int) throws(Failure) {
        for _ in 0..<workers { rings.append(try RecordRing()) }
        posts = [Post(role: .keyholder), Post(role: .dialer), Post(role: .logd)]
        for worker in 0..<workers { posts.append(Post(role: .proxy, worker: UInt16(worker))) }
        selfTest = try SelfTest()
        for post in posts { try fill(post) }
    }

    /// How many workers a plan gets: as the command line says, else the policy, else one for each processor.
    func workers(for plan: Plan) -> Int {
        posts.isEmpty ? wantedWorkers(plan) : runningWorkers
    }

    /// What to tell the operator when a plan wants another number of workers than run: their listening sockets and
    /// rings are made once. Empty when it does not.
    func workersNotice(_ plan: Plan) -> String {
        let wanted = wantedWorkers(plan)
        if wanted == runningWorkers { return "" }
        return "the policy wants \(wanted) workers and \(runningWorkers) run; "
            + "restart masugatad to change their number, the rest of the policy is served"
    }

    private func wantedWorkers(_ plan: Plan) -> Int {
        arguments.workers ?? plan.workers ?? min(Host.processors, PlanBounds.workers)
    }

    private var runningWorkers: Int { posts.count { $0.role == .proxy } }

    /// Starts the process of a place.
    func fill(_ post: Post) throws(Failure) {
        let ends = try Ends()
        let pid = try Programs.start(
            post.role.executable, options(of: post.role), descriptors: [-1, -1, 2, ends.far.raw])
        let near = try Failure.about("channel") { () throws(Errno) in try ends.near.duplicate() }
        let child = Child(
            role: post.role, worker: post.worker, incarnation: nextIncarnation(), pid: pid, channel: near,
            now: Clock.monotonic())
        post.child = child
        post.restartTime = nil
        if post.role == .dialer { resolverFiles = currentResolverFiles() }
        try Failure.about("channel") { () throws(Errno) in
            try poller.add(stream: child.raw, token: Token.children + child.incarnation)
        }
        child.send(Accounts.identity(of: post.role, worker: post.worker, incarnation: child.incarnation))
    }

    /// What a process finds on its command line: nothing, in a release.
    private func options(of role: Role) -> [String] {
        #if DEBUG
            if arguments.withoutFilter == role.name { return ["--without-filter"] }
        #endif
        return []
    }

    /// The first policy is served: gives up what was needed to get here, and says so.
    func becomeReady() {
        do throws(SandboxError) {
            try Sandbox.reduceSupervisor()
        } catch {
            fail("\(error)")
            return
        }
        do throws(Errno) {
            try poller.add(readable: control.raw, token: Token.control)
        } catch {
            fail("\(arguments.state): \(error)")
            return
        }
        for text in missing { say("not to be had here: \(text)") }
        StandardOutput.write("ready")
        notify.ready(statusLine)
        record("started", "generation \(current?.number ?? 0) is served by \(posts.count) processes")
    }

    /// Gives up: nothing is served and nothing will be.
    func fail(_ text: String) {
        StandardError.write(text)
        for child in children { kill(child) }
        exitCode = 1
    }

    /// What could not be had on this host, each once.
    private var missing: [String] {
        var texts: [String] = []
        for child in children {
            for text in (child.confinement?.missing ?? "").split(separator: "; ").map(String.init)
            where !texts.contains(text) {
                texts.append(text)
            }
        }
        for folder in current?.folders ?? [] {
            if let text = folder.missing, !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

    /// What `systemctl status` shows.
    var statusLine: String { "serving generation \(current?.number ?? 0) of \(arguments.policy)" }
}
