import Glibc
import Sys

/// A temporary folder that goes with its owner.
public final class Scratch: Sendable {
    public let path: String

    public init() {
        var template = Array("/tmp/masugata-test-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { fatalError("no temporary folder") }
        self.path = String(cString: path)
    }

    deinit { try? run(["/bin/rm", "-rf", path]) }

    /// The path of `name` in the folder.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file.
    public func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    /// Writes a file.
    public func write(_ name: String, _ bytes: [UInt8]) throws {
        let number = open(file(name), O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        try File.write(number, bytes.span)
        close(number)
    }

    /// A file's content.
    public func read(_ name: String) throws -> [UInt8] {
        let file = try File.open(file(name))
        return try File.contents(file.raw, limit: 1 << 24)
    }

    /// Runs a program to its end and expects success; what it prints goes to `output`.
    public func run(_ command: [String], output: String? = nil) throws {
        var descriptors: [Int32] = [-1, -1, -1]
        if let output { descriptors[1] = open(file(output), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600) }
        let pid = try ChildProcess.spawn(
            command[0], arguments: Array(command.dropFirst()), environment: [], descriptors: descriptors,
            dieWithParent: false)
        let end = try ChildProcess.wait(pid)
        if output != nil { close(descriptors[1]) }
        if end != .exited(0) { throw Failure(text: "\(command.joined(separator: " ")): \(end)") }
    }

    public struct Failure: Error, CustomStringConvertible {
        let text: String
        public var description: String { text }
    }
}
