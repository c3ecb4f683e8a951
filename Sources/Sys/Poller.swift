internal import Bytes
internal import CLinux
internal import Glibc

/// What the poller reports of a descriptor.
public struct Readiness: OptionSet, BitwiseCopyable, Sendable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Something to read, or the end.
    public static var readable: Readiness { Readiness(rawValue: 0x001) }
    /// Room to write.
    public static var writable: Readiness { Readiness(rawValue: 0x004) }
    /// The connection is broken.
    public static var broken: Readiness { Readiness(rawValue: 0x008) }
    /// Both directions are closed.
    public static var hangUp: Readiness { Readiness(rawValue: 0x010) }
    /// The peer has finished sending.
    public static var peerFinished: Readiness { Readiness(rawValue: 0x2000) }
}

/// An epoll instance. Sockets are registered once, edge-triggered in both directions, and never modified.
@safe
public struct Poller: ~Copyable {
    private let descriptor: Descriptor
    private let events: UnsafeMutablePointer<epoll_event>
    private let capacity: Int

    /// - Parameter capacity: the most events that one ``wait(milliseconds:)`` reports.
    public init(capacity: Int = 256) throws(Errno) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        if number < 0 { throw Errno.last("epoll_create1") }
        descriptor = Descriptor(owning: number)
        unsafe events = .allocate(capacity: capacity)
        unsafe events.initialize(repeating: epoll_event(), count: capacity)
        self.capacity = capacity
    }

    deinit { unsafe events.deallocate() }

    /// Registers a stream socket, edge-triggered for reading and writing. `token` comes back with its events.
    public func add(stream socket: Int32, token: UInt64) throws(Errno) {
        try add(socket, EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue, token)
    }

    /// Registers a descriptor that is reported as long as there is something to read.
    public func add(readable descriptor: Int32, token: UInt64) throws(Errno) {
        try add(descriptor, EPOLLIN.rawValue, token)
    }

    /// Registers a descriptor that is reported as long as it can be written.
    public func add(writable descriptor: Int32, token: UInt64) throws(Errno) {
        try add(descriptor, EPOLLOUT.rawValue, token)
    }

    /// Registers a descriptor that is reported once each time something new can be read.
    public func add(readableOnce descriptor: Int32, token: UInt64) throws(Errno) {
        try add(descriptor, EPOLLIN.rawValue | EPOLLET.rawValue, token)
    }

    /// Forgets a descriptor that stays open.
    public func remove(_ descriptor: Int32) {
        _ = epoll_ctl(self.descriptor.raw, EPOLL_CTL_DEL, descriptor, nil)
    }

    /// Waits for events: at most `milliseconds`, -1 for as long as it takes. Answers how many there are;
    /// 0 as well when a signal came.
    public mutating func wait(milliseconds: Int32) -> Int {
        Int(max(0, unsafe epoll_wait(descriptor.raw, events, Int32(capacity), milliseconds)))
    }

    /// The token of event `index` of the last wait.
    public func token(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < capacity)
        return unsafe events[index].data.u64
    }

    /// What happened in event `index` of the last wait.
    public func readiness(_ index: Int) -> Readiness {
        precondition(index >= 0 && index < capacity)
        return Readiness(rawValue: unsafe events[index].events)
    }

    private func add(_ number: Int32, _ interest: UInt32, _ token: UInt64) throws(Errno) {
        var event = unsafe epoll_event(events: interest, data: epoll_data_t(u64: token))
        if unsafe epoll_ctl(descriptor.raw, EPOLL_CTL_ADD, number, &event) < 0 { throw Errno.last("epoll_ctl") }
    }
}
