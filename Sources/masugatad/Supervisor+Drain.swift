import Plan
import Sys
import Wire

extension Supervisor {
    /// Ends: the first time by draining, the second time at once.
    func requestEnd() {
        guard isReady, drain == nil, let current else {
            exitCode = 0
            for child in children { kill(child) }
            return
        }
        notify.stopping()
        record("stopping", "taking nothing new")
        takeTransitionBack()
        // The workers close theirs; with the last of them the addresses are free.
        current.closeListeners()
        for retirement in retiring { retirement.generation.closeListeners() }
        let milliseconds = UInt32(clamping: current.plan.limits[.drain])
        drain = Drain(deadline: Clock.monotonic() + UInt64(milliseconds) * 1_000 + Drain.grace)
        for child in children where child.role == .proxy { child.send(.drain(milliseconds: milliseconds)) }
        advanceDrain()
    }

    private func takeTransitionBack() {
        switch transition {
        case .idle: return
        case .compiling(let compiler): Signals.send(9, to: compiler.pid)
        case .rolling(let rollout):
            if current?.number != rollout.generation.number { abandon(rollout.generation) }
        }
        transition = .idle
        for client in waitingClients + queuedClients { answer(client, Status.error("masugatad is ending")) }
        waitingClients = []
        queuedClients = []
    }

    /// Goes on when everybody of a stage is gone.
    func advanceDrain() {
        guard let stage = drain?.stage else { return }
        if children.contains(where: { belongs($0, to: stage) }) { return }
        switch stage {
        case .proxies: enter(.helpers, UInt64(Drain.helperMilliseconds) * 1_000 + Drain.grace)
        case .helpers: enter(.log, Drain.logPatience)
        case .log: exitCode = 0
        }
    }

    private func enter(_ stage: Drain.Stage, _ patience: UInt64) {
        drain = Drain(stage: stage, deadline: Clock.monotonic() + patience)
        for child in children where belongs(child, to: stage) {
            child.send(.drain(milliseconds: Drain.helperMilliseconds))
        }
        advanceDrain()
    }

    private func belongs(_ child: Child, to stage: Drain.Stage) -> Bool {
        switch stage {
        case .proxies: child.role == .proxy
        case .helpers: child.role == .keyholder || child.role == .dialer
        case .log: child.role == .logd
        }
    }

    /// Ends by force who does not end by himself.
    func checkDrain(at now: UInt64) {
        guard let drain, now > drain.deadline else { return }
        for child in children where belongs(child, to: drain.stage) && !child.isDoomed {
            say("\(child.name) (pid \(child.pid)) did not end in time and is killed")
            kill(child)
        }
    }
}
