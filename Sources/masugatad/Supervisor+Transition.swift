import Sys
import Wire

extension Supervisor {
    /// Wants the policy file read again. One at a time: what is asked for meanwhile is done once, afterwards.
    func requestReload(client: UInt64?) {
        if drain != nil {
            if let client { answer(client, Status.error("masugatad is ending")) }
            return
        }
        if transition.isIdle {
            if let client { waitingClients.append(client) }
            notify.reloading()
            beginTransition()
        } else {
            if let client { queuedClients.append(client) }
            isReloadQueued = true
        }
    }

    /// Starts with the compilation.
    func beginTransition() {
        do throws(Failure) {
            let compiler = try Compiler(files, incarnation: nextIncarnation())
            transition = .compiling(compiler)
            try Failure.about("compiler") { () throws(Errno) in
                try poller.add(readable: compiler.raw, token: Token.children + compiler.incarnation)
            }
        } catch {
            transitionFailed(error.text)
        }
    }

    /// The compiler asks for a file that the policy names.
    func serve(_ compiler: Compiler) {
        switch compiler.serve(&buffer) {
        case .served: return
        case .ended: break
        case .breach(let text):
            record(
                "process.violation", "config (pid \(compiler.pid)) broke the rules of its files channel: \(text)")
        }
        // Its death is dealt with when it is reaped; until then there is nothing more to hear.
        poller.remove(compiler.raw)
    }

    /// The compiler has ended: opens what the plan names.
    func compiled(_ compiler: Compiler, _ end: ChildProcess.End) {
        do throws(Failure) {
            let output = try compiler.output(end)
            if !output.warnings.isEmpty { StandardError.write(output.warnings) }
            let workers = workers(for: output.plan)
            let generation = try Generation(
                number: nextGeneration(), output, files: files, state: arguments.state, workers: workers, older: current
            )
            if posts.isEmpty { try fillPosts(workers: workers) }
            transition = .rolling(Rollout(generation: generation, deadline: Clock.monotonic() + Rollout.patience))
            advance()
        } catch {
            transitionFailed(error.text)
        }
    }

    /// Goes on with the rollout as far as the processes have come.
    func advance() {
        guard case .rolling(var rollout) = transition, drain == nil, exitCode == nil else { return }
        let generation = rollout.generation
        switch rollout.stage {
        case .gathering:
            guard posts.allSatisfy({ isSettled($0) }) else { return }
            for child in children { generation.send(to: child, isServed: false) }
            rollout.stage = .preparing
        case .preparing:
            guard posts.allSatisfy({ $0.child?.conversation.prepared == generation.number }), mayServe() else { return }
            if let current {
                retiring.append(Retirement(generation: current, deadline: Clock.monotonic() + Retirement.patience))
            }
            current = generation
            for child in children where child.role != .proxy { child.send(.commit(generation: generation.number)) }
            rollout.stage = .committingHelpers
        case .committingHelpers:
            guard serves(generation, { $0.role != .proxy }) else { return }
            for child in children where child.role == .proxy && child.conversation.prepared == generation.number {
                child.send(.commit(generation: generation.number))
            }
            rollout.stage = .committingProxies
        case .committingProxies:
            guard serves(generation, { _ in true }) else { return }
            transitionSucceeded(generation)
            return
        }
        transition = .rolling(rollout)
        advance()
    }

    /// Whether a place is filled by somebody who serves what is current, or is confined where nothing is yet.
    private func isSettled(_ post: Post) -> Bool {
        guard let child = post.child, child.conversation.isConfined, !child.isDoomed else { return false }
        return current == nil || child.conversation.serving == current?.number
    }

    private func serves(_ generation: Generation, _ isMeant: (Post) -> Bool) -> Bool {
        posts.allSatisfy { !isMeant($0) || $0.child?.conversation.serving == generation.number }
    }

    /// Whether the self-test has ended well. It is made once, at the start.
    private func mayServe() -> Bool {
        guard let test = selfTest else { return true }
        guard let end = test.end else { return false }
        if let failure = test.failure(end) {
            fail("masugatad: \(failure)")
            return false
        }
        selfTest = nil
        return true
    }

    private func transitionSucceeded(_ generation: Generation) {
        transition = .idle
        // An address that is listened on no more is let go at once, not when the last of its connections is.
        for retirement in retiring { retirement.generation.closeListeners() }
        if !isReady {
            isReady = true
            becomeReady()
        } else {
            record("reloaded", "generation \(generation.number) is served")
            notify.ready(statusLine)
        }
        let notice = workersNotice(generation.plan)
        if !notice.isEmpty { record("reload.partial", notice) }
        answerWaiting(Status.reloaded(generation.number, notice: notice))
        retire()
        takeQueuedReload()
    }

    /// The new policy cannot be served. Before the first one that is the end; later the old one stays.
    func transitionFailed(_ text: String) {
        transition = .idle
        guard let current else { return fail(text) }
        StandardError.write(text)
        record("reload.failed", "generation \(current.number) serves on: \(text)")
        notify.ready(statusLine)
        answerWaiting(Status.error(text))
        takeQueuedReload()
    }

    /// A process died: before the first commit that takes the new policy back.
    func interrupted(by text: String) {
        guard case .rolling(let rollout) = transition, current?.number != rollout.generation.number else { return }
        abandon(rollout.generation)
        transitionFailed("the policy was not taken on, because \(text)")
    }

    /// Ends what takes too long.
    func checkTransition(at now: UInt64) {
        switch transition {
        case .idle: break
        case .compiling(let compiler):
            if now > compiler.deadline { Signals.send(9, to: compiler.pid) }
        case .rolling(let rollout):
            if now <= rollout.deadline || current?.number == rollout.generation.number { return }
            let late = posts.filter { $0.child?.conversation.prepared != rollout.generation.number }.map(\.name)
            abandon(rollout.generation)
            transitionFailed("the policy was not taken on in time by \(late.joined(separator: ", "))")
        }
    }

    /// Takes a policy back from those who have begun to build it.
    func abandon(_ generation: Generation) {
        for child in children
        where child.conversation.preparing == generation.number || child.conversation.prepared == generation.number {
            child.send(.abandon(generation: generation.number))
        }
    }

    /// Retires older policies that no worker uses any more, or whose time is up.
    func retire() {
        let now = Clock.monotonic()
        let done = retiring.filter { retirement in
            let number = retirement.generation.number
            return now >= retirement.deadline
                || posts.allSatisfy {
                    $0.role != .proxy || ($0.child.map { !$0.conversation.uses(number) } ?? true)
                }
        }
        for retirement in done {
            for child in children where child.conversation.isConfined {
                child.send(.retire(generation: retirement.generation.number))
            }
        }
        retiring.removeAll { retirement in done.contains { $0.generation === retirement.generation } }
    }

    private func takeQueuedReload() {
        if !isReloadQueued || drain != nil || exitCode != nil { return }
        isReloadQueued = false
        waitingClients = queuedClients
        queuedClients = []
        notify.reloading()
        beginTransition()
    }

    private func answerWaiting(_ text: JSON) {
        for client in waitingClients { answer(client, text) }
        waitingClients = []
    }
}
