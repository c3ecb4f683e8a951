import Actions
import Bytes
import HTTP1
import HTTPModel
import Match
import Plan

/// A plan of one site with one route, and what its actions make of messages.
struct Stage {
    var plan = Plan()
    var scheme = Scheme.https
    var rules = RequestRules()

    init() {
        plan.listeners = [
            Listener(name: "l", kind: .http, address: SocketAddress(address: IPAddress(ipv4: 0), port: 80))
        ]
        plan.pools = [
            Pool(
                name: "app",
                servers: [Server(host: "10.20.0.11", port: 8080), Server(host: "inner.example", port: 80)]),
            Pool(name: "other", servers: [Server(host: "fd00::5", port: 8080)]),
        ]
        let route = Route(pattern: PathPattern(.prefix, Array("/".utf8)), action: .proxy(pool: 0))
        plan.sites = [Site(names: [.any], listeners: [0], routes: [route])]
    }

    var route: Route {
        get { plan.sites[0].routes[0] }
        set { plan.sites[0].routes[0] = newValue }
    }

    /// Gives the route changes of fields.
    mutating func headers(_ profile: HeaderProfile) {
        plan.headers = [profile]
        route.profiles.headers = 0
    }

    func actions() throws -> ActionTable { ActionTable(plan, try DecisionTable(plan)) }

    // MARK: Requests

    /// The head that the upstream gets of a request, or why there is none.
    func sent(_ request: String) throws -> String {
        var head = RequestHead(limits: HeadLimits())
        try parse(request, &head)
        let actions = try actions()
        var memory = ActionMemory(size: 8_192)
        try actions.rewritePath(of: head, 0, rules: rules.target, using: &memory)
        return text { writer in
            let client: StaticString = "192.0.2.1"
            let name: StaticString = "masugata"
            let forwarded = ForwardedFields(client: client.bytes, pseudonym: name.bytes, rules: ForwardingRules())
            actions.writeRequest(head, 0, forwarding: forwarded, upgrades: false, path: memory, to: &writer)
        }
    }

    /// The path that the upstream gets.
    func sentPath(_ path: String) throws -> String {
        let line = try sent("GET \(path) HTTP/1.1\r\nHost: a.example\r\n\r\n").split(separator: " ")
        return String(line[1])
    }

    func parse(_ request: String, _ head: inout RequestHead) throws {
        let bytes = Array(request.utf8)
        if case .malformed(let reason) = RequestParser.parse(
            bytes.span, scheme: scheme, limits: HeadLimits(), rules: rules, into: &head)
        {
            throw reason
        }
    }

    // MARK: Responses

    /// The fields that the client gets of a response with these fields, as `Name: value`.
    func received(_ fields: String..., host: String = "www.example.org", port: UInt16 = 0) throws -> [String] {
        let actions = try actions()
        var response = ResponseHead(byteCapacity: 65_536, fieldCapacity: 64)
        let bytes = Array("HTTP/1.1 200 OK\r\n\(fields.map { $0 + "\r\n" }.joined())Content-Length: 0\r\n\r\n".utf8)
        if case .malformed(let reason) = ResponseParser.parse(
            bytes.span, requestMethod: .get, limits: HeadLimits(), into: &response)
        {
            throw reason
        }
        let name = Array(host.utf8)
        var memory = ActionMemory(size: 8_192)
        let client = ClientView(host: name.span, port: port, scheme: scheme)
        if !actions.rewriteResponse(&response, 0, client: client, using: &memory) { throw Reason.upstreamResponseSize }
        let list = actions.responseEdits(0, scheme: scheme)
        let head = text { writer in
            let nobody: StaticString = ""
            ResponseSerializer.write(
                response, framing: response.framing, connection: .keepAlive, clientMinorVersion: 1,
                pseudonym: nobody.bytes, changing: actions.edits, list, to: &writer)
        }
        return head.components().filter { $0 != "Content-Length: 0" }
    }

    // MARK: Answers

    /// An answer, as `write` makes it.
    func answer(
        date: String = "D", omitsBody: Bool = false,
        _ write: (ActionTable, borrowing AnswerContext, inout ActionMemory, inout ByteWriter) -> Void
    ) throws -> String {
        let actions = try actions()
        let date = Array(date.utf8)
        var memory = ActionMemory(size: 8_192)
        let context = AnswerContext(
            scope: 0, date: date.span, scheme: scheme, omitsBody: omitsBody, connection: .keepAlive,
            clientMinorVersion: 1)
        return text { writer in write(actions, context, &memory, &writer) }
    }

    private func text(_ write: (inout ByteWriter) -> Void) -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        do {
            var span = bytes.mutableSpan
            var writer = ByteWriter(span.extracting(0..<65_536))
            write(&writer)
            count = writer.overflowed ? 0 : writer.count
        }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

extension String {
    /// The lines of a head, without the first and the empty ones.
    func components() -> [String] {
        var lines: [String] = []
        for line in self.utf8.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let text = String(decoding: line.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            if !text.isEmpty { lines.append(text) }
        }
        return lines
    }
}
