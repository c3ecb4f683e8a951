import Actions
import Bytes
import HTTP1
import HTTPModel
import Match
import Plan

/// What a client receives of a server's response.
extension Simulation {
    /// The field lines that the client receives of a response with these fields to the request that was run last; nil
    /// when no server was asked.
    /// - Parameter request: that request.
    /// - Throws: that no server can answer so.
    mutating func response(
        with fields: [TestRequest.Pair], to request: TestRequest, _ outcome: Outcome
    ) throws(OperatorError) -> [String]? {
        guard case .passed = outcome.end, let scope = outcome.decision.flatMap({ actions.scope(of: $0) }) else {
            return nil
        }
        var text = Array("HTTP/1.1 200 OK\r\n".utf8)
        for field in fields { text += Array("\(field.name): ".utf8) + field.value + Array("\r\n".utf8) }
        var limits = HeadLimits(ofResponses: plan.limits)
        limits.fieldValue = limits.head
        // A rewritten value may be longer than the one that came.
        var response = ResponseHead(byteCapacity: size, fieldCapacity: limits.fields)
        let bytes = text + Array("\r\n".utf8)
        let parsed = ResponseParser.parse(bytes.span, requestMethod: head.method, limits: limits, into: &response)
        if case .malformed(let reason) = parsed { throw Simulation.unusable(reason) }
        let scheme: Scheme = plan.listeners[request.listener].kind == .https ? .https : .http
        let host = Array((outcome.canonical?.host ?? "").utf8)
        let client = ClientView(host: host.span, port: head.port ?? 0, scheme: scheme)
        if !actions.rewriteResponse(&response, scope, client: client, using: &actionMemory) {
            throw Simulation.unusable(.upstreamResponseSize)
        }
        return serialised(response, actions.responseEdits(scope, scheme: scheme))
    }

    private static func unusable(_ reason: Reason) -> OperatorError {
        OperatorError("a server's response with these fields is answered with 502: \(reason.text) (\(reason.code))")
    }

    private func serialised(_ response: borrowing ResponseHead, _ list: FieldEditList) -> [String] {
        let via = Array(plan.forwarding.via.utf8)
        var room = Room(size: size)
        var writer = room.writer
        ResponseSerializer.write(
            response, framing: .none, connection: .keepAlive, clientMinorVersion: 1, pseudonym: via.span,
            changing: actions.edits, list, to: &writer)
        let count = writer.count
        return Array(UpstreamRequest(room.bytes(count)).lines.dropFirst())
    }
}
