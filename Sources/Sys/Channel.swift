internal import Bytes
internal import CLinux
internal import Glibc

/// What came over a channel.
public enum Received: Equatable, Sendable {
    /// A message of so many bytes, in the buffer that was given.
    case message(count: Int)
    /// Nothing now.
    case nothing
    /// The other end is gone.
    case ended
    /// A message that was too long, or carried more descriptors than were expected: the sender broke the rules.
    case oversized
}

/// Descriptors that came with a message. Those that nobody takes are closed.
public struct Descriptors: ~Copyable {
    fileprivate var numbers = InlineArray<64, Int32>(repeating: -1)

    /// How many came.
    public fileprivate(set) var count = 0

    public init() {}

    /// Takes the descriptor at `index`; nil when there is none or it was taken before.
    public mutating func take(_ index: Int) -> Descriptor? {
        if index < 0 || index >= count || numbers[index] < 0 { return nil }
        let number = numbers[index]
        numbers[index] = -1
        return Descriptor(owning: number)
    }

    /// Closes what nobody took.
    public mutating func removeAll() {
        for index in 0..<count where numbers[index] >= 0 {
            close(numbers[index])
            numbers[index] = -1
        }
        count = 0
    }

    deinit {
        for index in 0..<count where numbers[index] >= 0 { close(numbers[index]) }
    }
}

/// One end of a sequenced-packet socket pair: messages keep their bounds, their order and their descriptors.
public struct Channel: ~Copyable {
    private let descriptor: Descriptor

    /// Takes one end.
    public init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// The number, for the poller and for handing the end on.
    public var raw: Int32 { descriptor.raw }

    /// Gives the end up.
    public consuming func release() -> Descriptor { descriptor }

    /// The two ends of a new channel, neither of which waits.
    public struct Pair: ~Copyable {
        public let near: Descriptor
        public let far: Descriptor
    }

    /// Makes a new channel.
    public static func pair() throws(Errno) -> Pair {
        var ends: (Int32, Int32) = (-1, -1)
        let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let result = unsafe withUnsafeMutablePointer(to: &ends) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                unsafe socketpair(AF_UNIX, type, 0, $0)
            }
        }
        if result < 0 { throw Errno.last("socketpair") }
        return Pair(near: Descriptor(owning: ends.0), far: Descriptor(owning: ends.1))
    }

    /// Sends one message, with descriptors that stay the caller's too. Never waits: throws `EAGAIN` when full.
    public borrowing func send(_ bytes: Span<UInt8>, descriptors: [Int32] = []) throws(Errno) {
        let result = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe descriptors.withUnsafeBufferPointer { numbers in
                unsafe masugata_channel_send(
                    raw, bytes.baseAddress, bytes.count, numbers.baseAddress, numbers.count)
            }
        }
        try Errno.check(result, "sendmsg")
    }

    /// Sends one message without descriptors by `sendto`; nil when it went, else why not.
    public borrowing func sendPlain(_ bytes: Span<UInt8>) -> Errno? { Channel.sendPlain(raw, bytes) }

    /// Sends one message without descriptors by `sendto`, to the channel with this number; nil when it went.
    public static func sendPlain(_ channel: Int32, _ bytes: Span<UInt8>) -> Errno? {
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe Glibc.send(channel, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        return count < 0 ? Errno.last("sendto") : nil
    }

    /// Receives one message without descriptors by `recvfrom`, from the channel with this number.
    /// Descriptors that were sent along never arrive.
    public static func receivePlain(_ channel: Int32, into target: inout MutableSpan<UInt8>) -> Received {
        let flags = Int32(MSG_DONTWAIT | MSG_TRUNC)
        let count = unsafe target.withUnsafeMutableBufferPointer {
            unsafe recv(channel, $0.baseAddress, $0.count, flags)
        }
        if count > target.count { return .oversized }
        if count > 0 { return .message(count: count) }
        if count == 0 { return .ended }
        return errno == EAGAIN || errno == EINTR ? .nothing : .ended
    }

    /// Waits until a message, or the end of the other end, is there: at most `milliseconds`. Answers whether it is.
    public borrowing func awaitMessage(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    /// Receives one message and up to `limit` (at most 64) descriptors, from the channel with this number.
    public static func receive(
        _ channel: Int32, into target: inout MutableSpan<UInt8>, descriptors: inout Descriptors, limit: Int
    ) -> Received {
        descriptors.removeAll()
        var numbers = InlineArray<64, Int32>(repeating: -1)
        var count = 0
        var span = numbers.mutableSpan
        let received = unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe span.withUnsafeMutableBufferPointer { numbers in
                unsafe masugata_channel_receive(
                    channel, target.baseAddress, target.count, numbers.baseAddress, min(limit, 64), &count)
            }
        }
        descriptors.numbers = numbers
        descriptors.count = count
        if received > 0 { return .message(count: received) }
        if received == 0 { return .ended }
        switch Int32(-received) {
        case EAGAIN: return .nothing
        case EMSGSIZE: return .oversized
        default: return .ended
        }
    }
}
