internal import Actions
internal import Bytes
internal import HTTP2
internal import HTTPModel
internal import Plan
public import Sys
internal import TLS
public import Wire

/// The proxy process: one thread, one loop, and everything that it knows.
///
/// Connections and exchanges are plain values in tables and name each other by number. All state is in this one
/// value, held by `main` alone, so that exclusivity is settled when it is compiled and nothing is retained.
public struct Worker: ~Copyable {
    // The other processes
    var control: ControlPort
    var number: UInt16 = 0
    var incarnation: UInt64 = 0
    var signer = RemoteSigner()
    var dialer: Channel?
    /// The dialer's channel by number; -1 while there is none.
    var dialerRaw: Int32 = -1
    /// Counts the dialers that there have been.
    var dialerNumber: UInt32 = 0
    var records = RecordOutlet()

    // The plan
    var current: Generation
    var retiring: [RetiringGeneration] = []
    var staged: StagedGeneration?
    var prepared: Generation?
    /// What earlier plans do with responses that are still waited for.
    var earlierActions: [EarlierActions] = []

    // What is under way
    var poller: Poller
    var clients: SlotTable<ClientConnection>
    var upstreams: SlotTable<UpstreamConnection>
    var exchanges: SlotTable<Exchange>
    /// The streams of HTTP/2, each with a slot among the clients; and by the slots of their connections what those are
    /// besides.
    var streams: SlotTable<ClientStream>
    var multiplexes: OwnerTable<Multiplex>
    var penalties = PenaltyTable()
    var tls: TLSConnections
    var timers: TimerWheel
    var buffers: BufferPool
    var drafts: BufferPool
    var dials: DialQueue
    /// Connections asked of the dialer and not answered.
    var dialling = 0
    var handshakes = 0
    var tunnels = 0
    var idleUpstreams = 0
    var isDraining = false
    var hasDrained = false
    var drainDeadline: UInt64 = .max
    var acceptsPaused = false
    /// When paused listeners are tried again.
    var acceptAgain: UInt64 = 0
    /// Clients that can go on but have had their share of the turn, in order.
    var resumable: Slab<UInt32>
    var resumableCount = 0

    // Scratch: used within one turn, never across turns
    var request: RequestHead
    var response: ResponseHead
    var workspace: HTTP2Workspace
    var scratch: BufferPool
    var scratchBuffer: Buffer
    var actionMemory: ActionMemory
    var date = HTTPDate()

    /// Microseconds of the turn's start, monotonic and of the host's clock.
    var now: UInt64
    var wall: UInt64
    private var wallOffset: UInt64 = 0
    private var wallAgain: UInt64 = 0
    var nextId: UInt64 = 0
    var tally = Tally()

    /// Sizes that are fixed when the process starts: the most that any plan may ask for.
    public struct Capacity: Sendable {
        public var clients = Int(LimitName.connections.setting.range.upperBound)
        public var upstreams = Int(LimitName.upstreamConnections.setting.range.upperBound)
        public var exchanges = Int(LimitName.exchanges.setting.range.upperBound)
        public var handshakes = Int(LimitName.handshakes.setting.range.upperBound)
        public var buffers = Int(LimitName.buffers.setting.range.upperBound)
        /// Bytes of each buffer; larger than any head may be.
        public var bufferSize = 32_768

        /// Slots of clients: connections, and streams, of which each has an exchange.
        var slots: Int { clients + exchanges }

        public init() {}
    }

    /// Makes an idle worker. Reserves all that it will ever need, before the sandbox closes.
    public static func make(
        control: consuming ControlPort, capacity: Capacity = Capacity()
    ) throws(WorkerError) -> Worker {
        let poller = try makePoller(control)
        let tls = try makeTLS(capacity)
        let nothing = try makeEmptyGeneration()
        return Worker(control, poller, tls, nothing, capacity)
    }

    private init(
        _ control: consuming ControlPort, _ poller: consuming Poller, _ tls: consuming TLSConnections,
        _ nothing: consuming Generation, _ capacity: Capacity
    ) {
        self.control = control
        self.poller = poller
        self.tls = tls
        current = nothing
        now = Clock.monotonic()
        wall = Clock.wall()
        clients = SlotTable(capacity: capacity.slots)
        streams = SlotTable(capacity: min(capacity.exchanges, ClientConnection.mostStreams))
        multiplexes = OwnerTable(capacity: capacity.slots)
        // While each of them goes on it can be entered again behind the others.
        resumable = Slab(capacity: 2 * capacity.slots, repeating: 0)
        upstreams = SlotTable(capacity: capacity.upstreams)
        exchanges = SlotTable(capacity: capacity.exchanges)
        timers = TimerWheel(owners: capacity.slots + capacity.upstreams + capacity.exchanges, now: now)
        buffers = BufferPool(capacity: capacity.buffers, size: capacity.bufferSize)
        drafts = BufferPool(capacity: capacity.exchanges, size: capacity.bufferSize)
        scratch = BufferPool(capacity: 1, size: 2 * capacity.bufferSize)
        scratchBuffer = scratch.take()
        actionMemory = ActionMemory(size: capacity.bufferSize)
        dials = DialQueue(capacity: capacity.upstreams)
        request = RequestHead(
            byteCapacity: capacity.bufferSize, fieldCapacity: 256, targetCapacity: capacity.bufferSize)
        // Values that are changed stand behind those that were received.
        response = ResponseHead(byteCapacity: 2 * capacity.bufferSize, fieldCapacity: 256)
        workspace = HTTP2Workspace(
            limits: .largest(bufferSize: capacity.bufferSize), headLimits: .largest, rules: RequestRules())
        renewKey()
    }

    private static func makePoller(_ control: borrowing ControlPort) throws(WorkerError) -> Poller {
        do throws(Errno) {
            let poller = try Poller()
            try poller.add(readable: control.raw, token: Token(.control).raw)
            return poller
        } catch { throw .system(error) }
    }

    private static func makeTLS(_ capacity: Capacity) throws(WorkerError) -> TLSConnections {
        do throws(TLSConfigurationError) {
            return try TLSConnections(capacity: capacity.slots, pendingSignatures: capacity.handshakes * 2)
        } catch { throw .tls(error.description) }
    }

    /// What is served before the first plan: nothing.
    private static func makeEmptyGeneration() throws(WorkerError) -> Generation {
        do throws(GenerationFault) {
            return try Generation(
                number: 0, plan: Plan(), certificates: [:], sockets: [:], refusesDates: true,
                bufferSize: Capacity().bufferSize)
        } catch { throw .tls(error.text) }
    }

    /// Says who this is: what came as the first order.
    public mutating func identify(worker: UInt16, incarnation: UInt64) {
        number = worker
        self.incarnation = incarnation
        // Milliseconds in the high bits, the worker in the low ones: unique over workers, restarts and reinstallations,
        // as long as a worker makes fewer than 4,096 in a millisecond.
        nextId = (wall / 1_000) << 22 | UInt64(worker % Worker.idStride)
    }

    /// Ids of one worker are so far apart.
    static var idStride: UInt16 { 1_024 }

    /// Tells the supervisor something.
    public mutating func report(_ report: ControlReport) { control.report(report) }

    /// Serves until the supervisor ends it or is gone. Answers the exit code.
    public mutating func run() -> Int32 {
        while !hasDrained {
            let count = poller.wait(milliseconds: resumableCount > 0 ? 0 : 50)
            readClocks()
            for index in 0..<count {
                guard let token = Token(poller.token(index)) else { continue }
                if token.kind == .control {
                    if !takeOrders() { return 1 }
                } else {
                    dispatch(token, poller.readiness(index))
                }
            }
            expireDeadlines()
            resumeClients()
            endTurn()
        }
        return 0
    }

    private mutating func readClocks() {
        now = Clock.monotonic()
        if now >= wallAgain {
            wallAgain = now + Worker.wallPrecision
            wallOffset = Clock.wall() &- now
        }
        wall = now &+ wallOffset
    }

    /// Microseconds after which the host's clock is looked at again: by so much a record's time may be late when the
    /// clock was set.
    private static var wallPrecision: UInt64 { 10_000 }

    private mutating func dispatch(_ token: Token, _ readiness: Readiness) {
        switch token.kind {
        case .client:
            if clients.isTaken(token.slot) && clients.generation(token.slot) & Token.generationMask == token.generation
            {
                clientEvent(token.slot, readiness)
            }
        case .upstream:
            if upstreams.isTaken(token.slot)
                && upstreams.generation(token.slot) & Token.generationMask == token.generation
            {
                upstreamEvent(token.slot, readiness)
            }
        case .listener: acceptClients(token)
        case .signing: takeSignatures()
        case .dialling: takeConnections()
        case .control: break
        }
    }

    private mutating func endTurn() {
        signer.flush(&tls)
        sendDials()
        records.wake()
        if isDraining && clients.count == 0 && exchanges.count == 0 && !hasDrained {
            hasDrained = true
            control.report(.drained)
        }
    }
}

/// Why a worker cannot start.
public enum WorkerError: Error, CustomStringConvertible {
    case system(Errno)
    case tls(String)

    /// What to tell the operator.
    public var text: String {
        switch self {
        case .system(let error): error.description
        case .tls(let text): text
        }
    }

    public var description: String { text }
}
