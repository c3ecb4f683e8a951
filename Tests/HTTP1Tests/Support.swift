import Bytes
import HTTP1
import HTTPModel

/// The text of some bytes, one character for each.
func text(_ bytes: Span<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for index in bytes.indices { scalars.append(Unicode.Scalar(bytes[index])) }
    return String(scalars)
}

/// The bytes of some text; `\u{80}` and above become one byte each.
func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

/// What a test looks at in a request head.
struct ParsedRequest: Equatable {
    var outcome = RequestOutcome.complete
    var method = ""
    var rawTarget = ""
    var host = ""
    var port: UInt16?
    var path = ""
    var query: String?
    var fields: [String] = []
    var hopByHop: [String] = []
    var framing = MessageFraming.none
    var wantsClose = false
    var expectsContinue = false
    var upgrade: String?
    var upgradesToWebSocket = false
    var droppedFields = 0
    var prefersJSON = false
    /// The head as it would be forwarded.
    var forwarded = ""
}

func parse(
    _ head: String, scheme: Scheme = .https, limits: HeadLimits = HeadLimits(), rules: RequestRules = RequestRules(),
    forwarding: ForwardingRules = ForwardingRules(), client: String = "192.0.2.1"
) -> ParsedRequest {
    var request = RequestHead(limits: limits)
    var parsed = ParsedRequest()
    parsed.outcome = RequestParser.parse(
        latin(head).span, scheme: scheme, limits: limits, rules: rules, into: &request)
    parsed.method = text(request.methodBytes)
    parsed.rawTarget = text(request.rawTarget)
    guard parsed.outcome == .complete else { return parsed }
    parsed.host = text(request.host)
    parsed.port = request.port
    parsed.path = text(request.path)
    parsed.query = request.hasQuery ? text(request.query) : nil
    for index in 0..<request.fieldCount {
        let line = text(request.name(of: index)) + ": " + text(request.value(of: index))
        if request.field(index).isHopByHop { parsed.hopByHop.append(line) } else { parsed.fields.append(line) }
    }
    parsed.framing = request.framing
    parsed.wantsClose = request.wantsClose
    parsed.expectsContinue = request.expectsContinue
    if let index = request.upgrade { parsed.upgrade = text(request.value(of: index)) }
    parsed.upgradesToWebSocket = request.upgradesToWebSocket
    parsed.droppedFields = request.droppedFields
    parsed.prefersJSON = request.prefersJSON
    parsed.forwarded = serialise(request, forwarding, client, upgrades: request.upgradesToWebSocket)
    return parsed
}

func serialise(
    _ request: borrowing RequestHead, _ rules: ForwardingRules = ForwardingRules(), _ client: String = "192.0.2.1",
    upgrades: Bool = false
) -> String {
    var output = [UInt8](repeating: 0, count: 100_000)
    let client = Array(client.utf8)
    let pseudonym = Array("masugata".utf8)
    var writer = ByteWriter(output.mutableSpan)
    RequestSerializer.write(
        request,
        forwarding: ForwardedFields(client: client.span, pseudonym: pseudonym.span, rules: rules),
        framing: request.framing, upgrades: upgrades, to: &writer)
    let count = writer.count
    return text(output.span.extracting(0..<count))
}

/// The reason a head is refused for; nil when it is not.
func reason(
    _ head: String, scheme: Scheme = .https, limits: HeadLimits = HeadLimits(), rules: RequestRules = RequestRules()
) -> Reason? {
    if case .malformed(let reason) = parse(head, scheme: scheme, limits: limits, rules: rules).outcome { return reason }
    return nil
}
