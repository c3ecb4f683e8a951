import Bytes
import HTTP1
import HTTPModel
import PublishedAttacks
import Testing

@Suite("Published weaknesses of others: messages of HTTP/1")
struct MessageTests {
    @Test("requests are refused for what is wrong with them", arguments: PublishedAttack.all(.request))
    func requests(_ attack: PublishedAttack) throws {
        var scanner = HeadScanner(side: .request)
        let event = scanner.scan(attack.message.span, limits: HeadLimits())
        guard case .complete(let start, let end) = event else {
            #expect(event == .malformed(try reason(attack)))
            return
        }
        var head = RequestHead(limits: HeadLimits())
        let outcome = RequestParser.parse(
            attack.message.span.extracting(start..<end), scheme: .http, limits: HeadLimits(), rules: RequestRules(),
            into: &head)
        if attack.reason == nil {
            #expect(outcome == .complete && forwarded(head) == attack.forwarded)
        } else {
            #expect(outcome == .malformed(try reason(attack)))
        }
    }

    @Test("bodies are refused where they are wrong, and nothing behind that is taken", arguments: PublishedAttack.all(.body))
    func bodies(_ attack: PublishedAttack) throws {
        var scanner = HeadScanner(side: .request)
        guard case .complete(_, let end) = scanner.scan(attack.message.span, limits: HeadLimits()) else {
            Issue.record("the head has no end")
            return
        }
        var decoder = ChunkedDecoder(side: .request)
        var position = end
        while true {
            switch decoder.next(
                in: attack.message.span, from: position, limits: ChunkLimits(), fieldLimits: HeadLimits())
            {
            case .data(_, let end): position = end
            case .malformed(let reason):
                #expect(reason == (try self.reason(attack)))
                return
            case let event:
                Issue.record("\(event)")
                return
            }
        }
    }

    @Test("responses are refused for what is wrong with them", arguments: PublishedAttack.all(.response))
    func responses(_ attack: PublishedAttack) throws {
        var scanner = HeadScanner(side: .response)
        let event = scanner.scan(attack.message.span, limits: HeadLimits())
        guard case .complete(let start, let end) = event else {
            #expect(event == .malformed(try reason(attack)))
            return
        }
        var head = ResponseHead(limits: HeadLimits())
        let outcome = ResponseParser.parse(
            attack.message.span.extracting(start..<end), requestMethod: .get, limits: HeadLimits(), into: &head)
        #expect(outcome == .malformed(try reason(attack)))
    }

    private func reason(_ attack: PublishedAttack) throws -> Reason {
        let reason = Reason(code: Array((attack.reason ?? "").utf8).span)
        return try #require(reason, "\(attack.reason ?? "") is no reason")
    }

    /// The lines that are forwarded, without those about client and proxy.
    private func forwarded(_ head: borrowing RequestHead) -> [String] {
        var rules = ForwardingRules()
        rules.xForwarded = .remove
        rules.forwarded = .remove
        rules.via = .remove
        var output = [UInt8](repeating: 0, count: 10_000)
        var writer = ByteWriter(output.mutableSpan)
        let none: [UInt8] = []
        RequestSerializer.write(
            head, forwarding: ForwardedFields(client: none.span, pseudonym: none.span, rules: rules),
            framing: head.framing, to: &writer)
        let count = writer.count
        return String(decoding: output[..<count], as: UTF8.self).split(separator: "\r\n").map(String.init)
    }
}
