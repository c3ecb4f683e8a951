public import Sys

/// A process's end of its control channel: numbers what it says, checks the numbers of what it hears.
public struct ControlPort: ~Copyable {
    private let channel: Channel
    private var buffer: [UInt8]
    private var sent: UInt32 = 0
    private var received: UInt32 = 0

    /// The descriptor that every process finds its control channel at.
    public static let descriptor: Int32 = 3

    /// Takes the channel at ``descriptor``.
    public init() {
        channel = Channel(Descriptor(owning: ControlPort.descriptor))
        buffer = [UInt8](repeating: 0, count: ControlFormat.messageLimit)
    }

    /// For the poller.
    public var raw: Int32 { channel.raw }

    /// What came from the supervisor.
    public enum Incoming: Equatable, Sendable {
        case order(ControlOrder)
        case nothing
        /// The supervisor is gone, or broke its own rules: there is nobody to serve for any more.
        case ended
    }

    /// The next order, if one is there, with the descriptors that came along.
    public mutating func next(_ descriptors: inout Descriptors) -> Incoming {
        let raw = channel.raw
        var span = buffer.mutableSpan
        switch Channel.receive(raw, into: &span, descriptors: &descriptors, limit: 8) {
        case .nothing: return .nothing
        case .ended, .oversized: return .ended
        case .message(let count):
            received &+= 1
            do throws(WireViolation) {
                return .order(try ControlOrder(decoding: buffer.span.extracting(0..<count), sequence: received))
            } catch {
                return .ended
            }
        }
    }

    /// Says something to the supervisor. When the channel is full the report is lost and the supervisor, which
    /// misses it, ends this process.
    public mutating func report(_ report: ControlReport) {
        sent &+= 1
        let bytes = report.encoded(sequence: sent)
        _ = channel.sendPlain(bytes.span)
    }
}
