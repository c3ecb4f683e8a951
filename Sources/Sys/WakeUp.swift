internal import CLinux
internal import Glibc

/// A counter that wakes a poller in another process.
public struct WakeUp: ~Copyable {
    private let descriptor: Descriptor

    /// Takes one end; both ends are the same kind of descriptor.
    public init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Makes a new one.
    public static func create() throws(Errno) -> Descriptor {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        if number < 0 { throw Errno.last("eventfd") }
        return Descriptor(owning: number)
    }

    /// For the poller.
    public var raw: Int32 { descriptor.raw }

    /// Wakes the other side.
    public func signal() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(descriptor.raw, &one, 8)
    }

    /// Forgets all wake-ups so far.
    public func clear() {
        var count: UInt64 = 0
        _ = unsafe Glibc.read(descriptor.raw, &count, 8)
    }
}
