import Sys
import Wire

/// A running process: its end of the control channel, what is still to be sent to it, what it has said of itself.
final class Child {
    let role: Role
    let worker: UInt16
    /// Differs each time a process is started; the poller's token.
    let incarnation: UInt64
    let pid: Int32
    /// Microseconds, monotonic.
    let started: UInt64

    var conversation: Conversation
    /// When the unanswered ping was sent.
    var pinged: UInt64 = 0
    /// Whether it has been killed and is only to be reaped.
    var isDoomed = false
    /// What it did to itself.
    var confinement: Confinement?
    /// The last counters.
    var counters: [UInt64] = []
    /// The helper's incarnation that a worker has a channel to, by purpose.
    var links: [ChannelPurpose: UInt64] = [:]
    /// Workers' rings that the log writer has.
    var rings: Set<UInt16> = []

    private let channel: Channel
    private var waiting: [(bytes: [UInt8], handles: [Handle])] = []
    private var sent: UInt32 = 0
    private var received: UInt32 = 0

    /// As the process reported it.
    struct Confinement {
        let landlock: UInt8
        let filters: UInt8
        let memoryLocked: Bool
        let secretMemory: Bool
        let missing: String
    }

    init(
        role: Role, worker: UInt16, incarnation: UInt64, pid: Int32, channel: consuming Descriptor, now: UInt64
    ) {
        self.role = role
        self.worker = worker
        self.incarnation = incarnation
        self.pid = pid
        started = now
        conversation = Conversation(role: role)
        self.channel = Channel(channel)
    }

    /// The channel's descriptor, for the poller.
    var raw: Int32 { channel.raw }

    /// How the process is called in texts.
    var name: String { role == .proxy ? "proxy \(worker)" : role.name }

    // MARK: Saying

    /// Sends an order, or keeps it until the channel has room. The handles stay open until it is gone.
    func send(_ order: ControlOrder, _ handles: [Handle] = []) {
        conversation.note(order)
        sent &+= 1
        waiting.append((order.encoded(sequence: sent), handles))
        flush()
    }

    /// Sends what waits, as far as the channel takes it. A broken channel shows when it is read.
    func flush() {
        var count = 0
        for message in waiting {
            do throws(Errno) {
                try channel.send(message.bytes.span, descriptors: message.handles.map(\.raw))
            } catch {
                if error.wouldBlock { break }
            }
            count += 1
        }
        waiting.removeFirst(count)
    }

    // MARK: Hearing

    /// What came from the process.
    enum Heard {
        case report(ControlReport)
        case nothing
        case ended
        /// It does not follow the rules of the channel.
        case breach(String)
    }

    /// The next report, checked against the permit table.
    func hear(_ buffer: inout [UInt8], at now: UInt64) -> Heard {
        var descriptors = Descriptors()
        var span = buffer.mutableSpan
        switch Channel.receive(channel.raw, into: &span, descriptors: &descriptors, limit: 0) {
        case .nothing: return .nothing
        case .ended: return .ended
        case .oversized: return .breach("a message that is too long or carries descriptors")
        case .message(let count):
            received &+= 1
            do throws(WireViolation) {
                let report = try ControlReport(decoding: buffer.span.extracting(0..<count), sequence: received)
                return admit(report, at: now)
            } catch {
                return .breach("a malformed message (\(error.name))")
            }
        }
    }

    private func admit(_ report: ControlReport, at now: UInt64) -> Heard {
        do throws(Conversation.Breach) {
            try conversation.admit(report, at: now)
            return .report(report)
        } catch {
            return .breach(error.text)
        }
    }
}
