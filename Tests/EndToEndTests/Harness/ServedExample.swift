import Foundation
import KeyTestSupport
import Testing

/// A policy of `policies/examples`, served as it stands there, but on loopback: its listeners, servers, certificates
/// and the networks of its clients are replaced.
final class ServedExample {
    let appliance: Appliance
    /// Stands for all of its servers.
    let origin: Origin
    private let host: String
    /// The servers as the policy calls them, by their ports on loopback.
    private let servers: [UInt16: String]
    private var requests = 0

    /// Clients of the networks 203.0.113.0/24 and 198.51.100.0/24 that the examples have, on loopback.
    static let office = "127.0.113.7"
    static let partners = "127.51.100.7"

    /// Serves the example `name`.
    /// - Parameters:
    ///   - host: what requests ask for, unless they say otherwise.
    ///   - certificates: the names in certificates, by their files; all names of the policy's sites otherwise.
    ///   - logs: the folder of its logs.
    ///   - changes: more texts that are replaced.
    init(
        _ name: String, host: String, certificates: [String: [String]] = [:], logs: String = "state/audit",
        replacing changes: [String: String] = [:]
    ) throws {
        let scratch = Scratch()
        try scratch.run(["/bin/cp", "-r", ServedExample.folder, scratch.file("policies")])
        try scratch.run(["/bin/chmod", "-R", "go+rX", scratch.file("policies")])
        let file = "policies/\(name).policy"
        var text = String(decoding: try scratch.read(file), as: UTF8.self)
        let names = text.matches(of: /\nsite +("[^{]*)\{/).flatMap { ServedExample.quoted($0.1) }
        for (chain, key) in ServedExample.pairs(text) {
            try ServedExample.makeCertificate(scratch, chain, key, certificates[chain] ?? names)
        }
        let addresses = Set(text.matches(of: /server +"([^"]+)"/).map { String($0.1) }).sorted()
        let origin = try Origin(ports: addresses.count)
        let ports = Dictionary(uniqueKeysWithValues: zip(addresses, origin.ports))
        let https = Ports.free()
        let redirect = Ports.free()
        text = text.replacing(/server +"([^"]+)"/) { "server \"127.0.0.1:\(ports[String($0.1)] ?? 0)\"" }
        text = text.replacing(/(https|http_redirect)( *= *)\["[^"]*"(?:, *"[^"]*")*\]/) {
            "\($0.1)\($0.2)[\"127.0.0.1:\($0.1 == "https" ? https : redirect)\"]"
        }
        text = text.replacing("203.0.113.", with: "127.0.113.").replacing("198.51.100.", with: "127.51.100.")
        for (old, new) in changes { text = text.replacing(old, with: new) }
        try scratch.write(file, text)
        self.host = host
        self.origin = origin
        servers = Dictionary(uniqueKeysWithValues: zip(origin.ports, addresses))
        appliance = try Appliance(file, in: scratch, logs: logs, https: https, redirect: redirect)
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("policies/examples").path

    /// The examples that there are.
    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".policy") }.map { String($0.dropLast(7)) }.sorted()
    }

    /// The text of a file beside them.
    static func text(_ file: String) throws -> String { try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8) }

    // MARK: Certificates

    private static func quoted(_ text: Substring) -> [String] { text.matches(of: /"([^"]*)"/).map { String($0.1) } }

    /// The files of certificates with those of their keys.
    private static func pairs(_ text: String) -> [(chain: String, key: String)] {
        let chains = text.matches(of: /certificate *= *(\[[^\]]*\]|"[^"]*")/).flatMap { quoted($0.1) }
        let keys = text.matches(of: /key *= *(\[[^\]]*\]|"[^"]*")/).flatMap { quoted($0.1) }
        return Array(zip(chains, keys.filter { $0.contains("tls/") }))
    }

    private static func makeCertificate(
        _ scratch: Scratch, _ chain: String, _ key: String, _ names: [String]
    ) throws {
        try scratch.makeCertificate("made", chain.contains("rsa") ? .rsa2048 : .p256, names: names)
        for (made, file) in [("made.pem", chain), ("made.key", key)] {
            let path = scratch.file("policies/\(file)")
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: scratch.file(made), toPath: path)
        }
    }

    // MARK: Requests

    /// What came of a request.
    struct Reply {
        let response: Response
        let record: AuditRecord
        /// The server that it was passed to, as the policy calls it.
        let server: String?
        /// The head that the server received.
        let received: String?

        /// The first line of that head.
        var requestLine: String? { received?.split(separator: "\r\n").first.map(String.init) }

        /// Whether a server received this field.
        func received(_ field: String) -> Bool { received?.contains("\r\n\(field)\r\n") == true }
    }

    /// By which listener a request comes.
    enum Entry {
        case https, redirect
    }

    /// Sends a request and waits for its record.
    /// - Parameters:
    ///   - source: the address on loopback that it comes from.
    ///   - connection: by which it goes; otherwise by one of its own.
    func send(
        _ method: String = "GET", _ target: String, host: String? = nil, from source: String? = nil,
        fields: String = "", agent: String = "test", body: String? = nil, by entry: Entry = .https,
        tls version: String = "1.3", over connection: Client? = nil
    ) throws -> Reply {
        let host = host ?? self.host
        let client = try connection ?? connect(host, source, entry, version)
        requests += 1
        let mark = "\(agent) \(requests).example"
        let length = body.map { "Content-Length: \($0.utf8.count)\r\n" } ?? ""
        let response = try client.exchange(
            """
            \(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: \(mark)\r\n\(length)\(fields)\r\n\(body ?? "")
            """)
        let record = try appliance.record("\(method) \(target)") { $0.userAgent == mark }
        let port = record.upstream.split(separator: ":").last.flatMap { UInt16($0) }
        let head = try origin.events().first { $0.head?.contains("\r\nUser-Agent: \(mark)\r\n") == true }?.head
        return Reply(response: response, record: record, server: port.flatMap { servers[$0] }, received: head)
    }

    private func connect(_ host: String, _ source: String?, _ entry: Entry, _ version: String) throws -> Client {
        switch entry {
        case .https: try Client(tls: appliance.https, name: host, from: source, version: version)
        case .redirect: try Client(port: appliance.redirect, from: source)
        }
    }
}
