import Foundation
import Sys

/// A process that a test started. It is ended with its owner, or with the tests.
final class Program: @unchecked Sendable {
    let pid: Int32
    private let output: Int32
    private var text: [UInt8] = []
    private var isOver = false

    /// The longest that any of them lives, whatever becomes of the tests.
    private static let life = "1500"

    /// Starts a program; its standard error goes to the file `errors`.
    init(_ command: [String], errors: String) throws {
        var ends: [Int32] = [0, 0]
        if pipe(&ends) != 0 { throw Patience.Exhausted(description: "no pipe") }
        let log = open(errors, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        defer {
            close(ends[1])
            close(log)
        }
        output = ends[0]
        pid = try ChildProcess.spawn(
            "/usr/bin/timeout", arguments: ["-k", "2", Program.life] + command,
            environment: [
                "PATH=/usr/local/bin:/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no", "PYTHONDONTWRITEBYTECODE=1",
            ],
            descriptors: [-1, ends[1], log], dieWithParent: false)
        Program.endAtExit(pid)
    }

    deinit {
        end()
        close(output)
    }

    /// Tells it to end, and waits until it has.
    func end() {
        if isOver { return }
        isOver = true
        kill(pid, SIGTERM)
        _ = try? ChildProcess.wait(pid)
    }

    /// The next line of its output.
    func line() throws -> String {
        while true {
            if let end = text.firstIndex(of: 10) {
                let line = String(decoding: text[..<end], as: UTF8.self)
                text.removeSubrange(...end)
                return line
            }
            var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            if Glibc.poll(&poll, 1, Int32(Patience.seconds * 1000)) <= 0 {
                throw Patience.Exhausted(description: "gave up waiting for the output of process \(pid)")
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &buffer, buffer.count)
            if count <= 0 { throw Patience.Exhausted(description: "process \(pid) has ended") }
            text += buffer.prefix(count)
        }
    }

    private static let started = Started()

    /// What is shared by all tests is ended by nobody but the end of the tests.
    private final class Started: @unchecked Sendable {
        let lock = NSLock()
        var pids: [Int32] = []

        init() {
            atexit { for pid in Program.started.pids { kill(pid, SIGTERM) } }
        }
    }

    private static func endAtExit(_ pid: Int32) {
        started.lock.withLock { started.pids.append(pid) }
    }
}
