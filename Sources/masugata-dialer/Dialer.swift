internal import Sys
internal import Wire

/// Connects to the plan's upstreams for the workers.
struct Dialer: ~Copyable {
    /// What is counted, in the order of `Counters.names(of: .dialer)`; what can be seen elsewhere is not counted here.
    struct Counts: Equatable {
        var connects: UInt64 = 0
        var failed: UInt64 = 0
        var refused: UInt64 = 0
        var resolutions: UInt64 = 0
        var resolutionsFailed: UInt64 = 0
        var workersEnded: UInt64 = 0
    }

    var port: ControlPort
    var poller: Poller
    var counts = Counts()
    var tables: [UInt32: UpstreamTable] = [:]
    var newest: UInt32 = 0
    var preparing: Preparation?
    var links: [UInt16: WorkerLink] = [:]
    var names: NameBook
    var connects: [Connect?] = []
    var freeConnects: [Int] = []
    var nextSerial: UInt32 = 0
    var deadlines = DeadlineLists()
    var drainBy: UInt64?

    /// Whether the operator knows that this process is out of descriptors.
    var outOfDescriptors = false

    /// The time of this turn (``Clock/monotonic()``).
    var now = Clock.monotonic()

    /// Takes the control channel and the channel to the resolver.
    init(_ port: consuming ControlPort, resolver: consuming Channel) throws(Errno) {
        let poller = try Poller()
        try poller.add(readable: port.raw, token: Token.control.packed)
        try poller.add(readable: resolver.raw, token: Token.resolver.packed)
        self.poller = poller
        self.port = port
        names = NameBook(resolver)
    }

    /// Serves until the supervisor ends this process, or is gone. Answers the exit code.
    mutating func run() -> Int32 {
        while true {
            let events = poller.wait(milliseconds: pause)
            now = Clock.monotonic()
            for event in 0..<events {
                if let code = handle(Token(poller.token(event))) { return code }
            }
            expire()
            keepNames()
            for link in Array(links.values) where link.hasAnswers { send(link) }
            if isDrained {
                port.report(.drained)
                return 0
            }
        }
    }

    private mutating func handle(_ token: Token) -> Int32? {
        switch token {
        case .control: return takeOrders()
        case .resolver:
            if takeAddresses() { return nil }
            StandardError.write("masugata-dialer: the resolver has ended; starting afresh")
            return 1
        case .worker(let worker):
            if let link = links[worker] { takeRequests(of: link) }
        case .connect(let number, let serial): progress(number, serial)
        }
        return nil
    }

    private var isDrained: Bool {
        guard let drainBy else { return false }
        let isIdle = connects.count == freeConnects.count && links.values.allSatisfy { !$0.hasAnswers }
        return isIdle || now >= drainBy
    }

    /// Milliseconds until something is due that no descriptor tells of.
    private var pause: Int32 {
        let current = Clock.monotonic()
        var next = deadlines.earliest
        for time in [names.due, preparing?.giveUp, drainBy] { next = min(next ?? .max, time ?? .max) }
        if links.values.contains(where: { $0.hasAnswers }) {
            next = min(next ?? .max, current + DialerLimits.answerPause * 1000)
        }
        guard let next, next != .max else { return -1 }
        return next <= current ? 0 : Int32(clamping: (next - current) / 1000 + 1)
    }
}
