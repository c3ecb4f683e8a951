import Glibc
import Sys

/// The operator's end of the control socket: one word goes there, one line of JSON comes back.
struct ControlClient {
    /// The state folder.
    let folder: String

    private var path: String { "\(folder)/control.sock" }

    /// The most bytes of an answer.
    private static let answerLimit = 16 << 20

    /// How long an answer may take, milliseconds. A reload waits for every process.
    enum Patience: Int32 {
        case short = 10_000
        case reload = 180_000
    }

    /// Sends `request`; answers what the supervisor said.
    /// - Throws: why there is no answer, or what the supervisor refused.
    func ask(_ request: String, patience: Patience = .short) throws(OperatorError) -> JSONValue {
        let connection: Descriptor
        do throws(Errno) {
            connection = try System.connect(path)
        } catch {
            throw OperatorError("\(path): masugatad cannot be reached: \(error); \(remedy(error))")
        }
        let bytes: [UInt8]
        do throws(Errno) {
            try File.write(connection.raw, Array("\(request)\n".utf8).span)
            bytes = try answer(connection.raw, patience)
        } catch {
            throw OperatorError("\(path): masugatad did not answer '\(request)': \(error); look into its log")
        }
        return try understood(bytes, request)
    }

    private func understood(_ bytes: [UInt8], _ request: String) throws(OperatorError) -> JSONValue {
        guard let value = try? JSONParser.parse(bytes) else {
            throw OperatorError(
                "\(path): the answer to '\(request)' is not JSON; masugatad and masugata differ in version")
        }
        if value["ok"] == .flag(false) { throw OperatorError(value["error"].text) }
        return value
    }

    private func answer(_ connection: Int32, _ patience: Patience) throws(Errno) -> [UInt8] {
        var poller = try Poller(capacity: 1)
        try poller.add(readable: connection, token: 0)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while answer.last != UInt8(ascii: "\n") {
            if poller.wait(milliseconds: patience.rawValue) == 0 { throw Errno(ETIMEDOUT, "recv") }
            var span = buffer.mutableSpan
            switch Socket.receive(connection, into: &span) {
            case .moved(let count): answer += buffer[..<count]
            case .wouldBlock: continue
            case .ended: return answer
            case .failed(let code): throw Errno(code, "recv")
            }
            if answer.count > ControlClient.answerLimit { throw Errno(EFBIG, "recv") }
        }
        return answer
    }

    private func remedy(_ error: Errno) -> String {
        switch error.code {
        case ENOENT, ECONNREFUSED: "start it, or say with --state which state folder it was given"
        case EACCES: "ask as root or as the user that it runs as"
        default: "check the state folder"
        }
    }
}
