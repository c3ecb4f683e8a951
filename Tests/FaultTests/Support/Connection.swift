import COpenSSL
import CTLS
import Glibc

/// A client's connection, plain or TLS. Blocking; no wait is longer than its limit.
final class Connection {
    /// Why something did not come about.
    struct Lost: Error, CustomStringConvertible {
        let description: String
    }

    /// What was answered.
    struct Response {
        let status: Int
        let body: String
        /// The server ends the connection.
        let closes: Bool
    }

    private let socket: Int32
    private var tls: OpaquePointer?
    private var received: [UInt8] = []

    /// The client's port, which says which connection of a process this is.
    let localPort: UInt16

    /// Connects and, with `name`, makes a TLS handshake with that server name and, where they are given, these signature
    /// algorithms.
    init(_ port: UInt16, tls name: String? = nil, algorithms: String? = nil, seconds: Int = 20) throws(Lost) {
        socket = Loopback.connected(to: port, seconds: seconds)
        if socket < 0 { throw Lost(description: "no connection: \(Connection.lastError)") }
        localPort = Loopback.port(of: socket)
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        if let name { try handshake(name, algorithms) }
    }

    deinit {
        if let tls { SSL_free(tls) }
        close(socket)
    }

    private func handshake(_ name: String, _ algorithms: String?) throws(Lost) {
        guard let tls = SSL_new(Connection.context.pointer) else { throw Lost(description: "no TLS") }
        self.tls = tls
        SSL_set_fd(tls, socket)
        // SSL_set_tlsext_host_name is a macro for this (openssl/tls1.h): control 55, name type 0.
        _ = name.withCString { SSL_ctrl(tls, 55, 0, UnsafeMutableRawPointer(mutating: $0)) }
        // SSL_set1_sigalgs_list is a macro for this (openssl/ssl.h): control 98.
        _ = algorithms?.withCString { SSL_ctrl(tls, 98, 0, UnsafeMutableRawPointer(mutating: $0)) }
        if SSL_connect(tls) != 1 { throw Lost(description: "handshake failed: \(Connection.lastError)") }
    }

    /// The common name of the server's certificate.
    var certificateName: String {
        guard let tls, let certificate = SSL_get1_peer_certificate(tls) else { return "" }
        defer { X509_free(certificate) }
        var text = [CChar](repeating: 0, count: 256)
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, &text, 256)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    // MARK: Requests

    /// Sends a GET and takes its answer.
    func get(_ target: String, host: String = Site.name, close: Bool = false) throws(Lost) -> Response {
        try begin(target, host: host, close: close)
        return try response()
    }

    /// Sends a GET.
    func begin(_ target: String, host: String = Site.name, close: Bool = false) throws(Lost) {
        let end = close ? "Connection: close\r\n\r\n" : "\r\n"
        try send(Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(end)".utf8))
    }

    /// Takes the next answer, which has to say its length.
    func response() throws(Lost) -> Response {
        var head = ""
        while head.isEmpty {
            if let end = received.firstEnd {
                head = String(decoding: received[..<end], as: UTF8.self).lowercased()
                received.removeFirst(end)
            } else if try receive() == 0 {
                throw Lost(description: received.isEmpty ? "closed before the answer" : "closed within a head")
            }
        }
        let lines = head.split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Lost(description: "no status line: \(head)")
        }
        let length = lines.first { $0.hasPrefix("content-length:") }?.split(separator: " ").last.flatMap { Int($0) }
        guard let length else { throw Lost(description: "an answer without its length: \(head)") }
        while received.count < length {
            if try receive() == 0 { throw Lost(description: "closed within a body") }
        }
        defer { received.removeFirst(length) }
        return Response(
            status: status, body: String(decoding: received[..<length], as: UTF8.self),
            closes: lines.contains("connection: close"))
    }

    /// Receives what there is into ``received``; 0 at the end.
    @discardableResult
    func receive() throws(Lost) -> Int {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = tls.map { Int(SSL_read($0, &buffer, Int32(buffer.count))) } ?? recv(socket, &buffer, buffer.count, 0)
        if count > 0 {
            received += buffer[..<count]
            return count
        }
        if tls != nil || count == 0 { return 0 }
        throw Lost(description: "receiving failed: \(Connection.lastError)")
    }

    /// Bytes received of a head that is complete and what follows it; nil while it is not.
    var bodyBytesReceived: Int? { received.firstEnd.map { received.count - $0 } }

    /// Waits until the peer has closed.
    func awaitEnd() throws(Lost) { while try receive() > 0 {} }

    func send(_ bytes: [UInt8]) throws(Lost) {
        let count = tls.map { Int(SSL_write($0, bytes, Int32(bytes.count))) }
            ?? Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        if count != bytes.count { throw Lost(description: "sending failed: \(Connection.lastError)") }
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    /// One for all connections. It is only read once it is made.
    private struct Context: @unchecked Sendable {
        let pointer: OpaquePointer?

        init() {
            signal(SIGPIPE, SIG_IGN)
            pointer = SSL_CTX_new(TLS_client_method())
            SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
        }
    }

    private static let context = Context()
}

extension [UInt8] {
    /// Where the first empty line ends.
    fileprivate var firstEnd: Int? {
        guard count >= 4 else { return nil }
        for index in 3..<count where self[index] == 10 && self[index - 1] == 13 && self[index - 2] == 10 {
            return index + 1
        }
        return nil
    }
}
