import Foundation
import Glibc
import Sys

/// A client that sends what it is told, byte for byte, by TCP or by TLS.
final class Client {
    private let socket: Int32
    private let tls: Int32?
    private var received: [UInt8] = []

    /// How the server's bytes ended.
    enum End: Equatable {
        /// As the protocol has it: for TLS, with close_notify.
        case proper
        /// Reset, or for TLS cut off.
        case broken
    }

    /// Connects by TCP.
    /// - Parameters:
    ///   - receiveBuffer: bytes that the kernel takes before the client reads; nil leaves it to the kernel.
    ///   - source: the address on loopback that it connects from; nil leaves it to the kernel.
    init(port: UInt16, receiveBuffer: Int32? = nil, from source: String? = nil) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        tls = nil
        if var size = receiveBuffer { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(4)) }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(4))
        if let source {
            var own = Ports.loopback(0)
            own.sin_addr.s_addr = inet_addr(source)
            let number = socket
            _ = withUnsafePointer(to: &own) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        var address = Ports.loopback(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw Patience.Exhausted(description: "cannot connect to port \(port)") }
    }

    /// Connects by TCP to the loopback address of IPv6.
    init(port6 port: UInt16) throws {
        socket = Glibc.socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        tls = nil
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        if result != 0 { throw Patience.Exhausted(description: "cannot connect to port \(port) by IPv6") }
    }

    /// Connects by TLS and names `name` in the handshake; nothing where it is empty.
    /// - Parameters:
    ///   - host: the address that it connects to.
    ///   - source: the address that it connects from; nil leaves it to the kernel.
    ///   - version: the highest version of TLS that it knows.
    ///   - protocols: the one application protocol that has to be agreed on; none is asked for where it is empty.
    init(
        tls port: UInt16, name: String, host: String = "127.0.0.1", from source: String? = nil,
        version: String = "1.3", protocols: [String] = []
    ) throws {
        var ends: [Int32] = [0, 0]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
        socket = ends[0]
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Support/tls_pipe.py").path
        tls = try ChildProcess.spawn(
            "/usr/bin/timeout",
            arguments: ["-k", "2", "60", "python3", script, "\(port)", name, host, source ?? "", version] + protocols,
            environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], descriptors: [ends[1], ends[1], 2],
            dieWithParent: false)
        close(ends[1])
    }

    deinit {
        close(socket)
        if let tls, !isOver {
            kill(tls, SIGTERM)
            _ = try? ChildProcess.wait(tls)
        }
    }

    private var isOver = false

    // MARK: Sending

    /// Sends text, one byte a character. Answers false when the server took it no more.
    @discardableResult
    func send(_ text: String) throws -> Bool { try send(text.unicodeScalars.map { UInt8($0.value) }) }

    /// Sends bytes. Answers false when the server took them no more.
    @discardableResult
    func send(_ bytes: [UInt8]) throws -> Bool {
        var sent = 0
        while sent < bytes.count {
            try wait(Int16(POLLOUT), "the server to take what is sent")
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket, UnsafeRawBufferPointer(rebasing: $0[sent...]).baseAddress, $0.count - sent,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0 && errno != EAGAIN { return false }
            sent += max(count, 0)
        }
        return true
    }

    /// Sends as much as is taken without anybody reading, at most `limit`; answers how much that was.
    func fill(_ limit: Int) -> Int {
        let block = [UInt8](repeating: 0x78, count: 65_536)
        var sent = 0
        while sent < limit {
            let count = Glibc.send(
                socket, block, min(block.count, limit - sent), Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            if count > 0 {
                sent += count
                continue
            }
            var poll = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            if Glibc.poll(&poll, 1, 300) <= 0 { break }
        }
        return sent
    }

    /// Ends the sending direction.
    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Resets the connection.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        dup2(open("/dev/null", O_RDWR | O_CLOEXEC), socket)
    }

    // MARK: Receiving

    /// The next response, read by the framing that it announces.
    func response(to method: String = "GET") throws -> Response {
        let end = try head()
        var response = Response(head: take(end))
        switch response.framing(method: method) {
        case .none: break
        case .length(let count):
            try receive { $0.count >= count }
            response.body = take(count)
        case .chunked: try readChunks(into: &response)
        case .untilClose: (response.body, response.end) = try rest()
        }
        return response
    }

    /// Sends a request and reads its response.
    func exchange(_ request: String, method: String? = nil) throws -> Response {
        try send(request)
        return try response(to: method ?? String(request.prefix { $0 != " " }))
    }

    /// So many bytes, whatever they are.
    func bytes(_ count: Int) throws -> [UInt8] {
        try receive { $0.count >= count }
        return take(count)
    }

    /// What has come, at least one byte.
    func some() throws -> [UInt8] {
        try receive { !$0.isEmpty }
        return take(received.count)
    }

    /// Everything up to the end of the connection.
    func rest() throws -> (bytes: [UInt8], end: End) {
        var end = End.proper
        do { try receive { _ in false } } catch let error as Ended { end = error.end }
        defer { received = [] }
        return (received, end)
    }

    /// Whether there is nothing to read for as long as it takes the loop to turn many times.
    var isSilent: Bool {
        if !received.isEmpty { return false }
        var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 150) == 0
    }

    /// The connection has ended where more was expected.
    struct Ended: Error, CustomStringConvertible {
        let end: End
        let received: String
        var description: String { "the connection has ended (\(end)) after \(received.debugDescription)" }
    }

    private func head() throws -> Int {
        var end = 0
        try receive { bytes in
            guard bytes.count >= 4 else { return false }
            for index in 3..<bytes.count
            where bytes[index] == 10 && bytes[index - 1] == 13 && bytes[index - 2] == 10 && bytes[index - 3] == 13 {
                end = index + 1
                return true
            }
            return false
        }
        return end
    }

    private func line() throws -> String {
        var end = 0
        try receive { bytes in
            end = bytes.firstIndex(of: 10) ?? 0
            return end > 0
        }
        return String(decoding: take(end + 1).dropLast(2), as: UTF8.self)
    }

    private func readChunks(into response: inout Response) throws {
        while let count = Int(try line(), radix: 16), count > 0 {
            try receive { $0.count >= count + 2 }
            response.body += take(count)
            _ = take(2)
        }
        while case let line = try line(), !line.isEmpty { response.trailers.append(line) }
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    private func receive(until isEnough: ([UInt8]) -> Bool) throws {
        var buffer = [UInt8](repeating: 0, count: 262_144)
        while !isEnough(received) {
            try wait(Int16(POLLIN), "the server, after \(String(decoding: received.prefix(500), as: UTF8.self))")
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 {
                let text = String(decoding: received.prefix(500), as: UTF8.self)
                throw Ended(end: try end(isReset: count < 0), received: text)
            }
            received += buffer.prefix(count)
        }
    }

    private func end(isReset: Bool) throws -> End {
        guard let tls else { return isReset ? .broken : .proper }
        if isOver { return .broken }
        isOver = true
        return try ChildProcess.wait(tls) == .exited(0) ? .proper : .broken
    }

    private func wait(_ event: Int16, _ what: String) throws {
        var poll = pollfd(fd: socket, events: event, revents: 0)
        if Glibc.poll(&poll, 1, Int32(Patience.seconds * 1000)) == 0 {
            throw Patience.Exhausted(description: "gave up waiting for \(what)")
        }
    }
}
