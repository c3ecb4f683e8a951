import Sys
import Wire

extension Supervisor {
    /// A child's channel can be read or written.
    func listen(toIncarnation incarnation: UInt64) {
        if case .compiling(let compiler) = transition, compiler.incarnation == incarnation {
            serve(compiler)
            return
        }
        guard let child = children.first(where: { $0.incarnation == incarnation }) else { return }
        child.flush()
        listen(to: child)
    }

    /// Takes everything that a child has said.
    func listen(to child: Child) {
        while !child.isDoomed {
            switch child.hear(&buffer, at: Clock.monotonic()) {
            case .report(let report): take(report, from: child)
            case .nothing: return
            case .ended: kill(child)
            case .breach(let text):
                record(
                    "process.violation",
                    "\(child.name) (pid \(child.pid)) broke the rules of its control channel: \(text)")
                kill(child)
            }
        }
    }

    /// Ends a process that is of no use any more. Its death is dealt with when it is reaped.
    func kill(_ child: Child) {
        child.isDoomed = true
        Signals.send(9, to: child.pid)
    }

    private func take(_ report: ControlReport, from child: Child) {
        switch report {
        case .confined(let landlock, let filters, let locked, let secret, let missing):
            child.confinement = Child.Confinement(
                landlock: landlock, filters: filters, memoryLocked: locked, secretMemory: secret, missing: missing)
            welcome(child)
        case .prepared(let generation):
            if generation == current?.number && mayCommit(child) { child.send(.commit(generation: generation)) }
        case .refused(let generation, let text): refused(generation, by: child, text)
        case .committed:
            link()
            if child.role == .logd { sendEvents() }
        case .released: retire()
        case .drained, .alive: break
        case .counters(_, let values): child.counters = values
        case .violation(let peer, let purpose, let text): accused(peer, purpose, text, by: child)
        case .notice(let text): say("\(child.name): \(text)")
        }
        advance()
    }

    /// A worker that was started again while the helpers go over to a new policy waits for them.
    private func mayCommit(_ child: Child) -> Bool {
        guard child.role == .proxy, case .rolling(let rollout) = transition else { return true }
        return rollout.stage == .committingProxies || current?.number != rollout.generation.number
    }

    /// A confined process gets its channels and, where something is served already, that.
    private func welcome(_ child: Child) {
        link()
        current?.send(to: child, isServed: true)
    }

    private func refused(_ generation: UInt32, by child: Child, _ text: String) {
        if case .rolling(let rollout) = transition, rollout.generation.number == generation,
            current?.number != generation
        {
            abandon(rollout.generation)
            transitionFailed(text)
        } else if generation == current?.number {
            record("process.refused", "\(child.name) refuses what is served: \(text)")
            kill(child)
        }
    }

    /// A helper found that a worker broke the rules: the worker is taken to be in strange hands and ended.
    private func accused(_ worker: UInt16, _ purpose: ChannelPurpose, _ text: String, by helper: Child) {
        guard let post = posts.first(where: { $0.role == .proxy && $0.worker == worker }), let child = post.child else {
            return
        }
        // A worker that was started since has another channel and is not meant.
        if purpose != .records && child.links[purpose] != helper.incarnation { return }
        record(
            "worker.violation",
            "proxy \(worker) (pid \(child.pid)) broke the rules of its channel to the \(helper.role.name): \(text)")
        kill(child)
    }

    /// Has something recorded in the audit log, and says it.
    func record(_ kind: String, _ text: String) {
        say(text)
        if events.count < Supervisor.mostEvents {
            events.append(.event(kind: kind, text: text, time: Clock.wall()))
        }
        sendEvents()
    }

    /// Events that are kept while the log writer cannot take them.
    private static let mostEvents = 1_000

    private func sendEvents() {
        guard let writer = helper(.logd), writer.conversation.serving != nil, !writer.isDoomed else { return }
        for event in events { writer.send(event) }
        events.removeAll()
    }
}
