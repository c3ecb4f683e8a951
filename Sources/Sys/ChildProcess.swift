internal import CLinux
internal import Glibc

/// Programs started by fork and exec.
public enum ChildProcess {
    /// How a process ended.
    public enum End: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// Starts `path`. Descriptor `i` in it is `descriptors[i]` (-1: `/dev/null`), nothing else is open, the
    /// environment is `environment` alone. With `dieWithParent` it is killed when the caller ends.
    /// - Throws: why fork or exec failed.
    public static func spawn(
        _ path: String, arguments: [String], environment: [String], descriptors: [Int32], dieWithParent: Bool
    ) throws(Errno) -> Int32 {
        let argumentList = CStrings([path] + arguments)
        let environmentList = CStrings(environment)
        let pid = unsafe descriptors.withUnsafeBufferPointer {
            unsafe masugata_spawn(
                path, argumentList.pointers, environmentList.pointers, $0.baseAddress, $0.count,
                dieWithParent ? SIGKILL : 0)
        }
        return try Errno.check(pid, "exec")
    }

    /// Runs `body` in a copy of this process, which then ends with what `body` answers (0 to 255), without any of the
    /// things that a program does at its end. The caller must have one thread.
    public static func fork(_ body: () -> Int32) throws(Errno) -> Int32 {
        let pid = Glibc.fork()
        if pid < 0 { throw Errno.last("fork") }
        if pid == 0 { _exit(body()) }
        return pid
    }

    /// The calling process.
    public static var own: Int32 { getpid() }

    /// A child that has ended, or nil. Never waits.
    public static func reap() -> (pid: Int32, end: End)? {
        var status: Int32 = 0
        let pid = unsafe waitpid(-1, &status, WNOHANG)
        return pid > 0 ? (pid, end(status)) : nil
    }

    /// Waits for one child.
    public static func wait(_ pid: Int32) throws(Errno) -> End {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { throw Errno.last("waitpid") }
        }
        return end(status)
    }

    private static func end(_ status: Int32) -> End {
        let signal = masugata_wait_signal(status)
        return signal != 0 ? .signalled(signal) : .exited(masugata_wait_exit_code(status))
    }
}

/// A null-terminated array of C strings, for exec.
@safe
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        unsafe pointers = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() { unsafe pointers[index] = unsafe strdup(string) }
        unsafe pointers[strings.count] = nil
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
