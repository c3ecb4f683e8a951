import Foundation
import Glibc
import KeyTestSupport

/// The whole appliance, started from its executables with a policy of its own.
final class Appliance: @unchecked Sendable {
    private let scratch: Scratch
    private let program: Program
    /// The listeners and certificates of every policy.
    private let frame: String
    /// The folder of its logs.
    private let logs: String
    let http: UInt16
    let https: UInt16
    let redirect: UInt16

    /// Starts it with one worker and waits until it accepts.
    /// - Parameters:
    ///   - policy: the policy without its listeners and certificates, which are called `web` and `main`.
    ///   - hosts: the addresses that it listens on, as they stand before a port.
    ///   - listen: what else stands in the block of the listeners.
    convenience init(
        _ policy: String, workers: Int = 1, hosts: [String] = ["127.0.0.1"], listen: String = ""
    ) throws {
        let scratch = Scratch()
        let ports = (http: Ports.free(), https: Ports.free(), redirect: Ports.free())
        try scratch.makeCertificate("main", .p256, names: ["a.example.test", "b.example.test"])
        let frame = Appliance.frame(ports.http, ports.https, ports.redirect, hosts, listen)
        try scratch.write("policy", frame + policy)
        try self.init(
            "policy", in: scratch, frame: frame, workers: workers, http: ports.http, https: ports.https,
            redirect: ports.redirect)
    }

    /// Starts it with a policy that is there, with all that it names, and waits until it accepts.
    /// - Parameters:
    ///   - policy: the file in `scratch`.
    ///   - logs: the folder of its logs in `scratch`.
    init(
        _ policy: String, in scratch: Scratch, frame: String = "", logs: String = "state/audit", workers: Int = 1,
        http: UInt16 = 0, https: UInt16, redirect: UInt16
    ) throws {
        self.scratch = scratch
        self.frame = frame
        self.logs = scratch.file(logs)
        self.http = http
        self.https = https
        self.redirect = redirect
        program = try Program(
            [
                "\(Binaries.folder)/masugatad", "--policy", scratch.file(policy), "--state", scratch.file("state"),
                "--workers", "\(workers)",
            ], errors: scratch.file("errors"))
        do {
            let line = try program.line()
            if line != "ready" { throw Patience.Exhausted(description: line) }
        } catch {
            throw Patience.Exhausted(description: "\(error)\n\(errors)")
        }
    }

    private static func frame(
        _ http: UInt16, _ https: UInt16, _ redirect: UInt16, _ hosts: [String], _ listen: String
    ) -> String {
        func addresses(_ port: UInt16) -> String { hosts.map { "\"\($0):\(port)\"" }.joined(separator: ", ") }
        return """
            listen web {
              http = [\(addresses(http))]  https = [\(addresses(https))]  http_redirect = [\(addresses(redirect))]
              tls = main  \(listen)
            }
            tls main { certificate = "main.pem"  key = "main.key" }

            """
    }

    /// Has it serve another policy; it does so soon after.
    func reload(_ policy: String) throws {
        try scratch.write("policy", frame + policy)
        try signal(SIGHUP)
    }

    /// Has it end when all that is under way is done.
    func terminate() throws { try signal(SIGTERM) }

    private func signal(_ number: Int32) throws {
        // The program started bounds the supervisor's time, and would pass the signal on to all processes.
        let children = try String(contentsOfFile: "/proc/\(program.pid)/task/\(program.pid)/children", encoding: .utf8)
        guard let supervisor = children.split(separator: " ").compactMap({ Int32($0) }).first else {
            throw Patience.Exhausted(description: "there is no supervisor")
        }
        kill(supervisor, number)
    }

    /// What it wrote to standard error.
    var errors: String { (try? scratch.read("errors")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    // MARK: Clients

    /// The ways to speak HTTP to it.
    enum Scheme: String, CaseIterable, Sendable {
        case http, https
    }

    /// A client of site a.example.test.
    func client(_ scheme: Scheme = .http) throws -> Client {
        switch scheme {
        case .http: try Client(port: http)
        case .https: try Client(tls: https, name: "a.example.test")
        }
    }

    // MARK: Logs

    /// All records of requests so far.
    func records() throws -> [AuditRecord] {
        let names = try FileManager.default.contentsOfDirectory(atPath: logs).filter { $0.hasSuffix(".jsonl") }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try names.sorted().flatMap { name in
            try lines("\(logs)/\(name)").filter { $0.contains("\"method\":") }
                .map { try decoder.decode(AuditRecord.self, from: Data($0.utf8)) }
        }
    }

    /// The one record that `isIt` is true of.
    func record(_ what: String, _ isIt: (AuditRecord) -> Bool) throws -> AuditRecord {
        try Patience.wait(for: "the record of \(what)") { try records().first(where: isIt) }
    }

    /// The record of the request of `path`.
    func record(_ path: String) throws -> AuditRecord { try record(path) { $0.path == path } }

    /// The record that an error page refers to.
    func record(of response: Response) throws -> AuditRecord {
        let reference = response.reference
        return try record("reference \(reference ?? "none")") { $0.id == reference }
    }

    /// The line of the access log in which `text` stands.
    func accessLine(_ text: String) throws -> String {
        try Patience.wait(for: "\(text) in the access log") {
            try lines(scratch.file("state/audit/access.log")).first { $0.contains(text) }
        }
    }

    private func lines(_ file: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        guard let end = text.lastIndex(of: "\n") else { return [] }
        return text[..<end].split(separator: "\n").map(String.init)
    }

    // MARK: Processes

    /// The resident memory of its worker, in bytes.
    func workerMemory() throws -> Int {
        for line in try process("masugata-proxy").status.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
        }
        throw Patience.Exhausted(description: "the worker has no memory")
    }

    /// Has one of its processes do nothing while `body` runs. The supervisor bears that for some ten seconds.
    func stopping<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        let pid = try process(name).pid
        kill(pid, SIGSTOP)
        defer { kill(pid, SIGCONT) }
        return try body()
    }

    private func process(_ name: String) throws -> (pid: Int32, status: String) {
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard let pid = Int32(entry),
                let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
                status.contains("Name:\t\(name.prefix(15))\n"), isOurs(status)
            else { continue }
            return (pid, status)
        }
        throw Patience.Exhausted(description: "there is no \(name)")
    }

    /// Whether the process is a child of the supervisor, which is a child of `program`.
    private func isOurs(_ status: String) -> Bool {
        guard let parent = parent(status),
            let above = try? String(contentsOfFile: "/proc/\(parent)/status", encoding: .utf8)
        else { return false }
        return self.parent(above) == program.pid
    }

    private func parent(_ status: String) -> Int32? {
        for line in status.split(separator: "\n") where line.hasPrefix("PPid:") {
            return Int32(line.dropFirst(6))
        }
        return nil
    }
}
