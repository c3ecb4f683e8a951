internal import CLinux
internal import Glibc

/// A system call that failed, and how.
public struct Errno: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kernel's error number, positive.
    public let code: Int32

    /// The call that failed.
    public let call: StaticString

    @inlinable
    public init(_ code: Int32, _ call: StaticString) {
        self.code = code
        self.call = call
    }

    /// The error that the calling thread's last failed library call left in `errno`.
    public static func last(_ call: StaticString) -> Errno { Errno(errno, call) }

    /// The result of a call of ours that answers with `-errno`.
    @discardableResult
    public static func check(_ result: Int, _ call: StaticString) throws(Errno) -> Int {
        if result < 0 { throw Errno(Int32(truncatingIfNeeded: -result), call) }
        return result
    }

    /// The result of a call of ours that answers with `-errno`.
    @discardableResult
    public static func check(_ result: Int32, _ call: StaticString) throws(Errno) -> Int32 {
        if result < 0 { throw Errno(-result, call) }
        return result
    }

    /// The error's name and meaning, as `call: NAME (meaning)`.
    public var description: String {
        guard let name = unsafe masugata_error_name(code), let meaning = unsafe masugata_error_meaning(code) else {
            return "\(call): error \(code)"
        }
        return unsafe "\(call): \(String(cString: name)) (\(String(cString: meaning)))"
    }

    public static func == (one: Errno, other: Errno) -> Bool { one.code == other.code }

    /// Whether the call would have had to wait.
    public var wouldBlock: Bool { code == EAGAIN }
}
