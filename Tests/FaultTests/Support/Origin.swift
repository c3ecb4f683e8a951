import Foundation

/// An internal server: answers each GET with its own name and the target, on as many connections as there are.
///
/// A target that begins with `/held` gets half of a long body; the rest is sent when ``release()`` was called.
final class Origin: @unchecked Sendable {
    let name: String
    let port: UInt16
    /// Bytes of the body of `/held`.
    static let heldLength = 4 << 20

    private let listener: Int32
    private let gate = NSCondition()
    private var isReleased = false
    private var accepted = 0

    /// Connections that fill the queue of a server that does not accept yet.
    private var fillers: [Int32] = []

    init(_ name: String) {
        self.name = name
        listener = Loopback.bound(to: 0)
        port = Loopback.port(of: listener)
        listen(listener, 1_024)
        start()
    }

    /// A server that does not accept before ``start()``: connecting to it takes until then.
    init(stalled name: String) {
        self.name = name
        listener = Loopback.bound(to: 0)
        port = Loopback.port(of: listener)
        listen(listener, 0)
        while let filler = Loopback.begun(to: port) { fillers.append(filler) }
    }

    deinit { for filler in fillers { close(filler) } }

    /// Accepts from now on.
    func start() {
        listen(listener, 1_024)
        Thread.detachNewThread { [self] in accept() }
    }

    /// Lets the second half of every held body go, now and later.
    func release() {
        gate.lock()
        isReleased = true
        gate.broadcast()
        gate.unlock()
    }

    /// Holds bodies again.
    func hold() {
        gate.lock()
        isReleased = false
        gate.unlock()
    }

    /// Connections accepted so far.
    var connections: Int {
        gate.lock()
        defer { gate.unlock() }
        return accepted
    }

    /// Ends: takes no further connection.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        release()
    }

    private func accept() {
        while true {
            let number = Glibc.accept(listener, nil, nil)
            if number < 0 { break }
            gate.lock()
            accepted += 1
            gate.unlock()
            let thread = Thread { [self] in serve(number) }
            thread.stackSize = 256 << 10
            thread.start()
        }
        close(listener)
    }

    private func serve(_ number: Int32) {
        defer { close(number) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            while let end = Origin.endOfHead(received) {
                let target = String(decoding: received[..<end], as: UTF8.self).split(separator: " ")[1]
                received.removeFirst(end)
                if !(target.hasPrefix("/held") ? sendHeld(number) : answer(number, "\(name) \(target)\n")) { return }
            }
            let count = recv(number, &buffer, buffer.count, 0)
            if count <= 0 { return }
            received += buffer[..<count]
        }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count where bytes[index] == 10 && bytes[index - 2] == 10 { return index + 1 }
        return nil
    }

    private func answer(_ number: Int32, _ body: String) -> Bool {
        Origin.send(number, Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
    }

    private func sendHeld(_ number: Int32) -> Bool {
        let half = [UInt8](repeating: UInt8(ascii: "x"), count: Origin.heldLength / 2)
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: \(Origin.heldLength)\r\n\r\n".utf8)
        if !Origin.send(number, head + half) { return false }
        gate.lock()
        while !isReleased { gate.wait() }
        gate.unlock()
        return Origin.send(number, half)
    }

    private static func send(_ number: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
