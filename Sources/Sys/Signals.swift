internal import CLinux
internal import Glibc

/// Signals as something to read, so that no code ever runs inside a signal handler.
public struct Signals: ~Copyable {
    /// The signals that daemons answer to.
    public enum Name: Int32, Sendable {
        case hangUp = 1
        case interrupt = 2
        case firstUser = 10
        case terminate = 15
        case child = 17
    }

    private let descriptor: Descriptor

    /// Blocks `names` and makes them readable here. Broken pipes are ignored altogether.
    public init(_ names: [Name]) throws(Errno) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for name in names { unsafe sigaddset(&set, name.rawValue) }
        if unsafe sigprocmask(SIG_BLOCK, &set, nil) < 0 { throw Errno.last("sigprocmask") }
        masugata_ignore_signal(SIGPIPE)
        let number = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        if number < 0 { throw Errno.last("signalfd") }
        descriptor = Descriptor(owning: number)
    }

    /// For the poller.
    public var raw: Int32 { descriptor.raw }

    /// The next signal that came, or nil.
    public func next() -> Name? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        let count = unsafe read(descriptor.raw, &information, size)
        return count == size ? Name(rawValue: Int32(information.ssi_signo)) : nil
    }

    /// Ignores broken pipes in a process that reads no signals.
    public static func ignoreBrokenPipes() { masugata_ignore_signal(SIGPIPE) }

    /// Sends a signal to a process of ours. Answers false when it is gone.
    @discardableResult
    public static func send(_ signal: Int32, to process: Int32) -> Bool { kill(process, signal) == 0 }
}
