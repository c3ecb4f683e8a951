import Bytes
import HTTP1
import HTTPModel
import Match
import Plan

/// A request as a test writes it down, before anything has looked at it.
struct SampleRequest {
    var method = "GET"
    var path = "/"
    var query: String?
    var host = "a.example"
    var port: UInt16?
    var fields: [(name: String, value: String)] = []
    /// The declared length; nil for none, -1 for a body in chunks.
    var length: Int?
    var scheme = Scheme.https
    var tlsVersion: TLSVersion? = .v1_3
    var client = IPAddress("198.51.100.7")!
    var listener = 0
    /// Seconds since 1970, UTC.
    var time: UInt64 = 1_795_000_000
    var chance: UInt64 = 0

    init(_ method: String = "GET", _ path: String = "/") {
        self.method = method
        self.path = path
    }

    var facts: RequestFacts {
        RequestFacts(listener: listener, client: client, tlsVersion: tlsVersion, time: time * 1_000_000, chance: chance)
    }

    /// The head as a client sends it.
    var text: String {
        var text = "\(method) \(path)\(query.map { "?" + $0 } ?? "") HTTP/1.1\r\n"
        text += "Host: \(host)\(port.map { ":\($0)" } ?? "")\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        if let length { text += length < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: \(length)\r\n" }
        return text + "\r\n"
    }

    /// Parses the request into `head`; nil when all is well.
    func parse(into head: inout RequestHead) -> Reason? {
        let bytes = Array(text.utf8)
        switch RequestParser.parse(
            bytes.span, scheme: scheme, limits: HeadLimits(), rules: RequestRules(), into: &head)
        {
        case .complete: return nil
        case .malformed(let reason): return reason
        }
    }
}

/// A table of a plan, with what it needs to decide.
struct Decider: ~Copyable {
    let table: DecisionTable
    private var memory: DecisionMemory
    private var head: RequestHead

    init(_ plan: Plan) throws {
        table = try DecisionTable(plan)
        memory = DecisionMemory(for: table)
        head = RequestHead(limits: HeadLimits())
    }

    mutating func decide(_ request: SampleRequest) throws -> Decision {
        if let reason = request.parse(into: &head) { throw reason }
        return table.decide(head, request.facts, using: &memory)
    }

    mutating func explain(_ request: SampleRequest) throws -> (decision: Decision, steps: [DecisionStep]) {
        if let reason = request.parse(into: &head) { throw reason }
        return table.explain(head, request.facts, using: &memory)
    }

    /// The rules that were noted for the last request.
    var notes: [Int] { (0..<memory.noteCount).map { memory.note($0) } }
}
