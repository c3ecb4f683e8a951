internal import Audit
internal import Sys
internal import Wire

/// The process around the ``Recorder``: orders from the supervisor, time, sleep.
struct LogDaemon: ~Copyable {
    var port: ControlPort
    var recorder = Recorder()
    var prepared: PreparedLogs?
    var workersEnded: UInt64 = 0
    private var poller: Poller
    private var lastRecord = Clock.monotonic()
    private var nextTick: UInt64 = 0
    private var drainBy: UInt64?

    /// Milliseconds between two looks at the rings while there is traffic: no worker has to wake anybody then.
    private static let busyPause: Int32 = 20

    /// Microseconds without a record after which this process sleeps, and the next record's worker wakes it.
    private static let quiet: UInt64 = 1_000_000

    /// Microseconds between two ticks.
    private static let second: UInt64 = 1_000_000

    private static let controlToken: UInt64 = 0
    private static let ringToken: UInt64 = 1

    init(_ port: consuming ControlPort) throws(Errno) {
        let poller = try Poller()
        try poller.add(readable: port.raw, token: LogDaemon.controlToken)
        self.poller = poller
        self.port = port
    }

    /// Serves until the supervisor ends this process, or is gone. Answers the exit code.
    mutating func run() -> Int32 {
        while true {
            let now = RecorderTime.now()
            if recorder.turn(now) { lastRecord = now.monotonic }
            if now.monotonic >= nextTick {
                recorder.tick(now)
                nextTick = now.monotonic + LogDaemon.second
            }
            tellSupervisor()
            if let drainBy, recorder.isFinished || now.monotonic >= drainBy { return drained() }
            wait(now)
            if let code = takeOrders() { return code }
        }
    }

    /// Adds a worker's ring and lets it wake this process.
    mutating func attach(_ ring: WorkerRing) throws(Errno) {
        try poller.add(readable: ring.wakeUpDescriptor, token: LogDaemon.ringToken + UInt64(ring.worker))
        recorder.attach(ring)
        lastRecord = Clock.monotonic()
    }

    /// Takes no new ring, writes what is there, and ends within `milliseconds`.
    mutating func drain(milliseconds: UInt32) {
        // The log writer is the last to be drained: every worker is gone.
        recorder.adoptPrepared()
        drainBy = Clock.monotonic() + UInt64(milliseconds) * 1000
    }

    private mutating func drained() -> Int32 {
        recorder.synchronise()
        if !recorder.isFinished { port.report(.notice(text: "the log could not be written to its end")) }
        port.report(.drained)
        return 0
    }

    /// Sleeps: shortly while there is traffic, else until something happens or a tick is due.
    private mutating func wait(_ now: RecorderTime) {
        var pause = LogDaemon.busyPause
        if now.monotonic > lastRecord + LogDaemon.quiet {
            for ring in recorder.rings { ring.announceSleep() }
            // A record that came before the announcement woke nobody.
            if !recorder.hasMore { pause = Int32(clamping: (nextTick - min(nextTick, now.monotonic)) / 1000 + 1) }
        }
        for event in 0..<poller.wait(milliseconds: pause) where poller.token(event) != LogDaemon.controlToken {
            let worker = poller.token(event) - LogDaemon.ringToken
            for ring in recorder.rings where UInt64(ring.worker) == worker { ring.clearWakeUps() }
        }
    }

    /// Does what the supervisor ordered. Answers the exit code when there is nothing more to do.
    private mutating func takeOrders() -> Int32? {
        var received = Descriptors()
        while true {
            switch port.next(&received) {
            case .nothing: return nil
            case .order(let order): obey(order, &received)
            case .ended:
                // Nobody will start another log writer: what is there is written now or never.
                recorder.adoptPrepared()
                for _ in 0..<LogDaemon.lastTurns where recorder.turn(.now()) {}
                recorder.synchronise()
                return 1
            }
        }
    }

    private mutating func tellSupervisor() {
        for ring in recorder.doneRings { poller.remove(ring.wakeUpDescriptor) }
        recorder.doneRings = []
        for violation in recorder.violations {
            workersEnded += 1
            // Stay awake: the ring has to be looked at again before the worker's successor writes to it.
            lastRecord = Clock.monotonic()
            port.report(.violation(peer: violation.worker, purpose: .records, text: violation.text))
        }
        for notice in recorder.notices { port.report(.notice(text: notice)) }
        recorder.violations = []
        recorder.notices = []
    }

    /// Rounds that are made when the supervisor is gone.
    private static let lastTurns = 64
}
