import Plan
import Sandbox
import Sys
import Wire

/// The process that starts, connects, watches and ends all others. One thread, one loop; nothing in it waits.
///
/// Its parts: starting (`+Start`), what children say (`+Reports`), who talks to whom (`+Links`), deaths (`+Restart`),
/// policies (`+Transition`), the operator (`+Control`, `+Status`), time (`+Clock`), the end (`+Drain`).
final class Supervisor {
    let arguments: Arguments
    let files: PolicyFiles
    let notify = Notify()
    let started = Clock.monotonic()

    let signals: Signals
    var poller: Poller
    var buffer = [UInt8](repeating: 0, count: ControlFormat.messageLimit)

    /// The places of the process model, helpers first. Empty until the first policy is compiled.
    var posts: [Post] = []
    /// The record ring of each worker; it outlives the worker and the log writer.
    var rings: [RecordRing] = []

    /// What is served; nil until the first policy is committed.
    var current: Generation?
    /// What was served before and may still be in use.
    var retiring: [Retirement] = []
    /// The policy that is on its way.
    var transition = Transition.idle
    /// Who waits for the end of the transition, and who for that of the next.
    var waitingClients: [UInt64] = []
    var queuedClients: [UInt64] = []
    var isReloadQueued = false

    var selfTest: SelfTest?
    var drain: Drain?
    var control: ControlSocket
    var statusRequest: StatusRequest?
    /// What the log writer is to record once it can.
    var events: [ControlOrder] = []

    var lastPing: UInt64 = 0
    var lastWatchdog: UInt64 = 0
    var resolverFiles: [[UInt64]?] = []
    private var lastIncarnation: UInt64 = 0
    private var lastNumber: UInt32 = 0
    private var lastGeneration: UInt32 = 0

    /// Whether the first policy is served and said so.
    var isReady = false
    /// Set when the loop is to end.
    var exitCode: Int32?

    /// What the poller reports.
    enum Token {
        static let signals: UInt64 = 1
        static let control: UInt64 = 2
        static let clients: UInt64 = 1 << 32
        static let children: UInt64 = 1 << 48
    }

    init(_ arguments: Arguments) throws(Failure) {
        self.arguments = arguments
        files = PolicyFiles(policy: arguments.policy)
        signals = try Failure.about("signals") { () throws(Errno) in
            try Signals([.hangUp, .terminate, .interrupt, .child])
        }
        poller = try Failure.about("poller") { () throws(Errno) in try Poller() }
        control = try ControlSocket(folder: arguments.state)
        try Failure.about("poller") { () throws(Errno) in try poller.add(readable: signals.raw, token: Token.signals) }
    }

    /// A number that no process of this run had before.
    func nextIncarnation() -> UInt64 {
        lastIncarnation += 1
        return lastIncarnation
    }

    /// A number for a question to a child.
    func nextNumber() -> UInt32 {
        lastNumber &+= 1
        return lastNumber
    }

    /// The number of the next policy.
    func nextGeneration() -> UInt32 {
        lastGeneration += 1
        return lastGeneration
    }

    /// All processes that are there.
    var children: [Child] { posts.compactMap(\.child) }

    /// The process of a helper, if it is there.
    func helper(_ role: Role) -> Child? { posts.first { $0.role == role }?.child }

    /// Says something to the operator.
    func say(_ text: String) { StandardError.write("masugatad: \(text)") }
}
