import Glibc
import KeyTestSupport
import Sys

/// `openssl s_client`, as a process of its own.
final class Client {
    private let pid: Int32
    private let scratch: Scratch
    private let output: String
    private var end: Int32?

    /// Connects, sends a request from a file, and reads until the server closes.
    init(_ scratch: Scratch, port: UInt16, _ options: [String], request: String = "GET / HTTP/1.0\r\n\r\n") throws {
        self.scratch = scratch
        output = "client-\(UInt64.random(in: 0 ... .max))"
        try scratch.write("\(output).in", request)
        let input = open(scratch.file("\(output).in"), O_RDONLY | O_CLOEXEC)
        let file = open(scratch.file(output), O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        defer {
            close(input)
            close(file)
        }
        pid = try ChildProcess.spawn(
            "/usr/bin/openssl",
            arguments: ["s_client", "-connect", "127.0.0.1:\(port)", "-ign_eof"] + options, environment: [],
            descriptors: [input, file, file], dieWithParent: false)
    }

    /// Its exit code once it has ended.
    func poll() -> Int32? {
        if end != nil { return end }
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid { end = status & 0x7f == 0 ? (status >> 8) & 0xff : -1 }
        return end
    }

    func kill() {
        if poll() != nil { return }
        Glibc.kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        end = -1
    }

    /// What it printed.
    var text: String { String(decoding: (try? scratch.read(output)) ?? [], as: UTF8.self) }

    deinit { kill() }
}
