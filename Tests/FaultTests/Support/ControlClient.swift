import Foundation

/// A client of the control socket.
enum ControlClient {
    /// Sends one line, and answers the object that comes.
    static func ask(_ path: String, _ request: String) throws -> [String: Any] {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(number) }
        Loopback.limit(number, 30)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result < 0 { throw Late(description: "\(path) does not answer") }
        let line = Array("\(request)\n".utf8)
        send(number, line, line.count, Int32(MSG_NOSIGNAL))
        var answer = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(number, &buffer, buffer.count, 0)
            if count < 0 { throw Late(description: "no answer to '\(request)'") }
            if count == 0 { break }
            answer.append(contentsOf: buffer[..<count])
        }
        return try JSONSerialization.jsonObject(with: answer) as? [String: Any] ?? [:]
    }
}
