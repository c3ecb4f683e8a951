import Plan
import Sys
import Wire

extension Supervisor {
    /// The answer to `status`.
    var status: JSON {
        .object([
            ("version", .text(Product.version)),
            ("generation", .number(UInt64(current?.number ?? 0))),
            ("policy", .text(arguments.policy)),
            ("state", .text(drain == nil ? "serving" : "draining")),
            ("uptime", .number(started.age(at: Clock.monotonic()) / 1_000_000)),
            ("reloading", .flag(!transition.isIdle)),
            ("workers", .number(UInt64(posts.count { $0.role == .proxy }))),
            ("listeners", .list(listeners)),
            ("processes", .list(processes(withCounters: true))),
        ])
    }

    private var listeners: [JSON] {
        (current?.plan.listeners ?? []).map { listener in
            .object([
                ("name", .text(listener.name)), ("kind", .text(listener.kind.name)),
                ("address", .text("\(listener.address)")),
            ])
        }
    }

    /// All processes, the supervisor first.
    func processes(withCounters: Bool) -> [JSON] {
        let own: JSON = .object([
            ("role", .text(Role.supervisor.name)), ("worker", .number(0)), ("pid", .number(UInt64(ChildProcess.own))),
            ("uid", .number(UInt64(Account.own.user))), ("restarts", .number(0)),
            ("state", .text(drain == nil ? "serving" : "draining")),
        ])
        return [own] + posts.map { describe($0, withCounters: withCounters) }
    }

    private func describe(_ post: Post, withCounters: Bool) -> JSON {
        let child = post.child
        let confinement = child?.confinement
        var members: [(String, JSON)] = [
            ("role", .text(post.role.name)), ("worker", .number(UInt64(post.worker))),
            ("pid", .number(UInt64(child?.pid ?? 0))),
            ("uid", .number(UInt64(Accounts.account(of: post.role).user))),
            ("restarts", .number(UInt64(post.restarts))), ("state", .text(state(of: child))),
            ("last_end", .text(post.lastEnd)),
            ("generation", .number(UInt64(child?.conversation.serving ?? 0))),
            ("landlock", .number(UInt64(confinement?.landlock ?? 0))),
            ("filters", .number(UInt64(confinement?.filters ?? 0))),
            ("secret_memory", .flag(confinement?.secretMemory ?? false)),
            ("memory_locked", .flag(confinement?.memoryLocked ?? false)),
            ("missing", .text(confinement?.missing ?? "")),
        ]
        if withCounters {
            let named = zip(Counters.names(of: post.role), child?.counters ?? [])
            members.append(("counters", .object(named.map { ($0, .number($1)) })))
        } else {
            members.append(("on_death", .text(post.role.onDeath)))
        }
        return .object(members)
    }

    private func state(of child: Child?) -> String {
        guard let child, !child.isDoomed else { return "down" }
        if !child.conversation.isConfined { return "starting" }
        if child.conversation.isDraining { return "draining" }
        return child.conversation.serving == nil ? "preparing" : "serving"
    }
}

extension Listener.Kind {
    /// The word in the status.
    fileprivate var name: String {
        switch self {
        case .https: "https"
        case .http: "http"
        case .redirect: "redirect"
        }
    }
}
