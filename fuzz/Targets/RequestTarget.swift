import Bytes
import HTTP1
import HTTPModel

/// HTTP/1 request heads: scanner and parser.
///
/// However the bytes are cut, the verdict is the same. What is accepted is forwarded as something that is accepted
/// again and means the same, to us and to a careless reader.
enum RequestTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let whole = verdict(input, [input.count])
        for ends in Cuts.ways(input) {
            let cut = verdict(input, ends)
            // A CR in the method is refused before it is known whether an LF follows.
            if cut == .refused(.requestLine) && whole == .refused(.requestLineBareCR) { continue }
            try require(cut == whole, "in pieces it is \(cut), at once \(whole)")
        }
        guard case .head(let start, let end) = whole else {
            // The parser is given what the scanner refuses, for the log.
            _ = try forwarded(input, RequestRules())
            return
        }
        let head = input.extracting(start..<end)
        for rules in [RequestRules(), permissive] {
            guard let first = try forwarded(head, rules) else { continue }
            try requireSame(first, rules)
        }
    }

    /// What becomes of the bytes of a request.
    private enum Verdict: Equatable {
        case unfinished
        case head(start: Int, end: Int)
        case refused(Reason)
    }

    /// What scanner and parser say of an input that comes in pieces with these ends. The scanner may leave it to the
    /// parser to find what is wrong with a head that is there.
    private static func verdict(_ input: Span<UInt8>, _ ends: [Int]) -> Verdict {
        var scanner = HeadScanner(side: .request)
        for end in ends {
            switch scanner.scan(input.extracting(0..<end), limits: HeadLimits()) {
            case .needMore: continue
            case .malformed(let reason): return .refused(reason)
            case .complete(let start, let end):
                var request = RequestHead(limits: HeadLimits())
                let outcome = RequestParser.parse(
                    input.extracting(start..<end), scheme: .https, limits: HeadLimits(), rules: permissive,
                    into: &request)
                if case .malformed(let reason) = outcome { return .refused(reason) }
                return .head(start: start, end: end)
            }
        }
        return .unfinished
    }

    /// Everything that a setting may let through.
    private static var permissive: RequestRules {
        var rules = RequestRules()
        rules.allowsTrace = true
        rules.underscores = .keep
        rules.target.characters = .visible
        rules.target.mergesSlashes = false
        rules.target.allowsEncodedSlash = true
        rules.target.allowsEncodedBackslash = true
        rules.target.allowsBackslash = true
        rules.target.allowsEncodedControls = true
        rules.target.allowsInvalidPercent = true
        rules.target.allowsInvalidUTF8 = true
        rules.target.allowsDotSegmentsBeyondRoot = true
        return rules
    }

    /// What is forwarded of `head`; nil when it is refused.
    private static func forwarded(_ head: Span<UInt8>, _ rules: RequestRules) throws(Contradiction) -> Forwarded? {
        var request = RequestHead(limits: HeadLimits())
        let outcome = RequestParser.parse(head, scheme: .https, limits: HeadLimits(), rules: rules, into: &request)
        guard outcome == .complete else { return nil }
        var forwarding = ForwardingRules()
        forwarding.xForwarded = .remove
        forwarding.forwarded = .remove
        forwarding.via = .remove
        var output = [UInt8](repeating: 0, count: 4 * HeadLimits().head)
        var writer = ByteWriter(output.mutableSpan)
        let client: [UInt8] = []
        RequestSerializer.write(
            request, forwarding: ForwardedFields(client: client.span, pseudonym: client.span, rules: forwarding),
            framing: request.framing, upgrades: request.upgradesToWebSocket, to: &writer)
        try require(!writer.overflowed, "the forwarded head does not fit into four times its limit")
        let count = writer.count
        return Forwarded(
            bytes: Array(output[..<count]), method: array(request.methodBytes), path: array(request.path),
            host: array(request.host), framing: request.framing)
    }

    private struct Forwarded {
        let bytes: [UInt8]
        let method: [UInt8]
        let path: [UInt8]
        let host: [UInt8]
        let framing: MessageFraming
    }

    private static func requireSame(_ first: Forwarded, _ rules: RequestRules) throws(Contradiction) {
        try requireOneReading(first, rules)
        // A request of HTTP/1.0 without a host is forwarded with an empty one, which nobody may send to us.
        if first.host.isEmpty { return }
        guard let second = try forwarded(first.bytes.span, rules) else {
            throw Contradiction("what is forwarded is refused: \(shown(first.bytes))")
        }
        try require(
            second.bytes == first.bytes && second.method == first.method && second.path == first.path
                && second.host == first.host && second.framing == first.framing,
            "\(shown(first.bytes)) is forwarded as \(shown(second.bytes))")
    }

    private static func requireOneReading(_ request: Forwarded, _ rules: RequestRules) throws(Contradiction) {
        let reader = LenientReader(request.bytes, foldsUnderscores: true)
        let line = request.method + [0x20] + request.path
        try require(reader.start.starts(with: line), "the first line is \(shown(reader.start))")
        try require(reader.start.filter { $0 == 0x20 }.count == 2, "there are more than two blanks in the first line")
        if rules.underscores == .keep { return }
        var length: UInt64?
        if case .length(let count) = request.framing { length = count }
        try reader.requireFraming(length: length, isChunked: request.framing == .chunked)
        let hosts = reader.values("host").map { $0.prefix(request.host.count) }
        try require(hosts.count == 1 && Array(hosts[0]) == request.host, "there are \(hosts.count) hosts")
    }
}
