import Foundation
import Sys

/// A running appliance.
final class Appliance {
    let site: Site
    let pid: Int32
    private let output: Int32
    private let errors: String
    private var end: ChildProcess.End?

    /// Why it did not do what it should, with what it said.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Seconds to start, and to end.
    static let patience = 40

    /// Starts it and waits until it accepts. Without a number of workers the policy says how many.
    init(
        _ site: Site, workers: Int? = 2, binaries: String = Binaries.folder, arguments: [String] = [],
        prefix: [String] = []
    ) throws {
        self.site = site
        errors = site.scratch.file("stderr-\(UInt32.random(in: 0 ... .max))")
        var pipe: [Int32] = [-1, -1]
        Glibc.pipe(&pipe)
        fcntl(pipe[0], F_SETFD, FD_CLOEXEC)
        let file = open(errors, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o666)
        defer {
            close(pipe[1])
            close(file)
        }
        let command = prefix + ["\(binaries)/masugatad", "--policy", site.path(), "--state", site.scratch.file("state")]
            + (workers.map { ["--workers", "\($0)"] } ?? []) + arguments
        output = pipe[0]
        pid = try ChildProcess.spawn(
            command[0], arguments: Array(command.dropFirst()), environment: ["SWIFT_BACKTRACE=enable=no"],
            descriptors: [-1, pipe[1], file], dieWithParent: false)
        try awaitReady()
    }

    deinit {
        if poll() == nil { kill(pid, SIGKILL) }
        _ = try? until("masugatad has ended") { poll() != nil }
        close(output)
    }

    private func awaitReady() throws {
        var said: [UInt8] = []
        while !String(decoding: said, as: UTF8.self).hasPrefix("ready") {
            var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            if Glibc.poll(&entry, 1, Int32(Appliance.patience * 1_000)) <= 0 {
                throw Failure(description: "not ready in time: \(standardError)")
            }
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = read(output, &buffer, buffer.count)
            if count <= 0 { throw Failure(description: "ended instead of serving: \(standardError)") }
            said += buffer[..<count]
        }
    }

    // MARK: What it says

    /// What it has said on standard error.
    var standardError: String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

    /// Whether standard error contains `text`, now or soon.
    func awaitMessage(_ text: String) throws { try until("'\(text)' on standard error") { standardError.contains(text) } }

    /// Asks the control socket.
    func ask(_ request: String) throws -> [String: Any] {
        try ControlClient.ask(site.scratch.file("state/control.sock"), request)
    }

    /// A process as `status` tells of it.
    struct Member: Equatable {
        let role: String
        let worker: Int
        let pid: Int32
        let restarts: Int
        let state: String
        let generation: Int

        var name: String { role == "proxy" ? "proxy \(worker)" : role }
    }

    /// The processes, the supervisor among them.
    func members() throws -> [Member] {
        let list = try ask("processes")["processes"] as? [[String: Any]] ?? []
        return list.map { entry in
            func number(_ name: String) -> Int { entry[name] as? Int ?? 0 }
            return Member(
                role: entry["role"] as? String ?? "", worker: number("worker"), pid: Int32(number("pid")),
                restarts: number("restarts"), state: entry["state"] as? String ?? "", generation: number("generation"))
        }
    }

    /// One of them.
    func member(_ role: String, worker: Int = 0) throws -> Member {
        guard let member = try members().first(where: { $0.role == role && $0.worker == worker }) else {
            throw Failure(description: "there is no \(role) \(worker)")
        }
        return member
    }

    /// The counters of a process.
    func counters(_ role: String) throws -> [String: Int] {
        let list = try ask("status")["processes"] as? [[String: Any]] ?? []
        return list.first { $0["role"] as? String == role }?["counters"] as? [String: Int] ?? [:]
    }

    /// The policy's generation.
    func generation() throws -> Int { try ask("status")["generation"] as? Int ?? 0 }

    // MARK: What is done to it

    /// Kills a process and waits until its successor serves. Answers the milliseconds that it took.
    @discardableResult
    func killAndAwait(_ role: String, worker: Int = 0) throws -> Int {
        let old = try member(role, worker: worker)
        kill(old.pid, SIGKILL)
        return try until("another \(role) serves") {
            let new = try member(role, worker: worker)
            return new.pid != 0 && new.pid != old.pid && new.state == "serving"
        }
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Its end, once it has ended.
    func poll() -> ChildProcess.End? {
        if end != nil { return end }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        end = status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
        return end
    }

    /// Waits for its end.
    func awaitEnd() throws -> ChildProcess.End {
        try until("masugatad has ended", seconds: Appliance.patience) { poll() != nil }
        return end ?? .exited(-1)
    }

    /// Ends it and answers how it ended.
    @discardableResult
    func stop() throws -> ChildProcess.End {
        signal(SIGTERM)
        return try awaitEnd()
    }

    /// Its records and events.
    var audit: AuditLog { AuditLog(folder: site.scratch.file("state/audit")) }
}
