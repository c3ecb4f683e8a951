import Actions
import Bytes
import HTTP1
import HTTPModel
import Match
import Plan

/// What follows from a decision: the answer, or what a server receives.
extension Simulation {
    mutating func finish(_ outcome: inout Outcome, _ decision: Decision, client: IPAddress) {
        outcome.rule = decision.rule.map { rule($0).name }
        switch decision.action {
        case .refuse(let reason):
            outcome.end = .refused(
                code: "\(reason.code)", status: decision.status, rule: decision.rule.map { rule($0).name })
        case .redirect(let number):
            outcome.end = .redirected(
                status: actions.status(ofRedirect: number), location: location(ofRedirect: number))
        case .respond(let number): outcome.end = .answered(status: actions.status(ofResponse: number))
        case .redirectToHTTPS(let port):
            let answer = UpstreamRequest(redirectToHTTPS(port))
            outcome.end = .redirected(status: 308, location: answer.values(of: "Location").first ?? "")
        case .forward(let pool):
            if isBodyTooLarge(route: decision.route) {
                outcome.end = refusal(.requestBodySize)
            } else {
                outcome.end = .passed(pool: pool)
                pass(decision, client, &outcome)
            }
        }
    }

    private func refusal(_ reason: Reason) -> Outcome.End {
        .refused(code: "\(reason.code)", status: reason.status, rule: nil)
    }

    /// Writes what a server receives, or why that cannot be.
    private mutating func pass(_ decision: Decision, _ client: IPAddress, _ outcome: inout Outcome) {
        guard let scope = actions.scope(of: decision) else { return }
        do throws(Reason) {
            try actions.rewritePath(of: head, scope, rules: rules.target, using: &actionMemory)
        } catch {
            outcome.end = refusal(error)
            return
        }
        outcome.upstream = UpstreamRequest(requestHead(scope, client))
    }

    private func requestHead(_ scope: Int, _ client: IPAddress) -> [UInt8] {
        let client = Array(client.description.utf8)
        let via = Array(plan.forwarding.via.utf8)
        let forwarded = ForwardedFields(client: client.span, pseudonym: via.span, rules: forwarding)
        var room = Room(size: size)
        var writer = room.writer
        actions.writeRequest(
            head, scope, forwarding: forwarded, upgrades: head.upgrade != nil, path: actionMemory, to: &writer)
        let count = writer.count
        return room.bytes(count)
    }

    private func location(ofRedirect number: Int) -> String {
        var room = Room(size: size)
        var writer = room.writer
        actions.writeLocation(ofRedirect: number, for: head, to: &writer)
        let count = writer.count
        return String(decoding: room.bytes(count), as: UTF8.self)
    }

    private func redirectToHTTPS(_ port: UInt16) -> [UInt8] {
        var room = Room(size: size)
        var writer = room.writer
        RedirectResponse.write(to: head, port: port, connection: .keepAlive, in: &writer)
        let count = writer.count
        return room.bytes(count)
    }
}
