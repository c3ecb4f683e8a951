import Foundation
import KeyTestSupport

/// An internal server: records every byte that it receives and answers byte for byte as it is told, by path.
final class Origin: @unchecked Sendable {
    /// One for all tests: they differ in the paths that they ask for.
    static var shared: Origin { get throws { try start.get() } }

    private static let start = Result { try Origin() }

    /// The ports that it listens on, and the first of them.
    let ports: [UInt16]
    var port: UInt16 { ports[0] }
    private let scratch = Scratch()
    private let program: Program

    /// What the server does for a request.
    enum Step {
        /// Sends text, one byte a character.
        case send(String)
        /// Sends so many bytes.
        case fill(Int)
        /// Waits until the gate is opened.
        case wait(String)
        /// Reads the request's body.
        case body
        /// Agrees to WebSocket, by the key of the request.
        case accept
        /// Sends back what comes, until the end.
        case echo
        case close
        case reset

        fileprivate var json: [String: Any] {
            switch self {
            case .send(let text): ["send": text]
            case .fill(let count): ["fill": count]
            case .wait(let gate): ["wait": gate]
            case .body: ["body": true]
            case .accept: ["accept": true]
            case .echo: ["echo": true]
            case .close: ["close": true]
            case .reset: ["reset": true]
            }
        }
    }

    /// - Parameter ports: on how many ports it listens.
    init(ports count: Int = 1) throws {
        for folder in ["scripts", "gates"] {
            try FileManager.default.createDirectory(atPath: scratch.file(folder), withIntermediateDirectories: true)
        }
        try scratch.write("events", "")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Support/origin.py").path
        let program = try Program(["python3", script, scratch.path, "\(count)"], errors: scratch.file("errors"))
        ports = try (0..<count).map { _ in UInt16(try program.line()) ?? 0 }
        self.program = program
    }

    /// Says what is done for requests of `path`. With `early` the body is not read before.
    func answer(_ path: String, early: Bool = false, _ steps: [Step]) throws {
        let script: [String: Any] = ["early": early, "steps": steps.map(\.json)]
        let name = String(path.utf8.map { String(format: "%02x", $0) }.joined().prefix(200))
        try scratch.write("scripts/\(name).json", Array(JSONSerialization.data(withJSONObject: script)))
    }

    /// Answers requests of `path` with this text.
    func answer(_ path: String, _ text: String) throws { try answer(path, [.send(text)]) }

    /// Lets the steps go on that wait for the gate.
    func open(_ gate: String) throws { try scratch.write("gates/\(gate)", "") }

    // MARK: What it received

    /// Something that happened.
    struct Event: Decodable {
        let connection: Int
        let event: String
        var request: Int?
        var path: String?
        var target: String?
        var head: String?
        var size: Int?
        var digest: String?
        var raw: String?
        var left: String?
    }

    /// All that happened so far, or what of it was at `path`.
    func events(at path: String? = nil) throws -> [Event] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: scratch.file("events"))), as: UTF8.self)
        guard let end = text.lastIndex(of: "\n") else { return [] }
        let mark = path.map { "\"path\": \"\($0)\"" } ?? ""
        return try text[..<end].split(separator: "\n").filter { mark.isEmpty || $0.contains(mark) }
            .map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
    }

    /// What happened at `path` so far.
    func events(_ event: String, at path: String) throws -> [Event] {
        try events(at: path).filter { $0.event == event }
    }

    /// The head of the one request of `path`.
    func head(_ path: String) throws -> String {
        try Patience.wait(for: "a request of \(path)") { try events("head", at: path).first?.head }
    }

    /// The body of the one request of `path`.
    func body(_ path: String) throws -> Event {
        try Patience.wait(for: "the body of \(path)") { try events("body", at: path).first }
    }

    /// The value of a field of the one request of `path`; several are joined by `, `, none is nil.
    func field(_ name: String, _ path: String) throws -> String? {
        let values = try head(path).split(separator: "\r\n").dropFirst().compactMap { line -> String? in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].lowercased() == name.lowercased() else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
