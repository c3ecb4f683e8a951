internal import Bytes

/// The members of a record, in the order in which they are written. Their names are a contract: people's scripts
/// read them. Members are added at the end of a record's list, and readers pass over what they do not know.
public enum RecordField: CaseIterable, Sendable {
    // Of every record.
    case sequence, time
    // Of a request.
    case id, site, route, client, method, host, path, query, status, bytesIn, bytesOut, upstream, duration
    case action, reason, rules, version, tls, userAgent, referer, ruleNames
    // Only of one whose worker was killed while it sent the end of the response: whether it arrived is not known.
    case confirmed
    // Of an event, which no request caused.
    case event, text, count

    /// The member's name as it stands between two members: `,"site":`.
    var key: StaticString {
        switch self {
        case .sequence: ",\"seq\":"
        case .time: ",\"time\":"
        case .id: ",\"id\":"
        case .site: ",\"site\":"
        case .route: ",\"route\":"
        case .client: ",\"client\":"
        case .method: ",\"method\":"
        case .host: ",\"host\":"
        case .path: ",\"path\":"
        case .query: ",\"query\":"
        case .status: ",\"status\":"
        case .bytesIn: ",\"bytes_in\":"
        case .bytesOut: ",\"bytes_out\":"
        case .upstream: ",\"upstream\":"
        case .duration: ",\"us\":"
        case .action: ",\"action\":"
        case .reason: ",\"reason\":"
        case .rules: ",\"rules\":"
        case .version: ",\"version\":"
        case .tls: ",\"tls\":"
        case .userAgent: ",\"user_agent\":"
        case .referer: ",\"referer\":"
        case .ruleNames: ",\"rule_names\":"
        case .confirmed: ",\"confirmed\":"
        case .event: ",\"event\":"
        case .text: ",\"text\":"
        case .count: ",\"count\":"
        }
    }

    /// The member's name: `site`.
    public var name: Span<UInt8> {
        @_lifetime(immortal) get {
            let key = key.bytes
            return key.extracting(2..<(key.count - 2))
        }
    }
}

extension ByteWriter {
    /// Begins a record with the two members that every record has.
    @_lifetime(self: copy self)
    mutating func beginRecord(sequence: UInt64, time: Timestamp) {
        append(UInt8(ascii: "{"))
        let key = RecordField.sequence.key.bytes
        append(key.extracting(1..<key.count))
        append(decimal: sequence)
        append(RecordField.time.key)
        append(UInt8(ascii: "\""))
        append(rfc3339: time)
        append(UInt8(ascii: "\""))
    }

    /// Ends a record and its line.
    @_lifetime(self: copy self)
    mutating func endRecord() { append("}\n") }

    @_lifetime(self: copy self)
    mutating func append(_ field: RecordField, text: Span<UInt8>) {
        append(field.key)
        append(jsonText: text)
    }

    @_lifetime(self: copy self)
    mutating func append(_ field: RecordField, literal: StaticString) {
        append(field.key)
        append(UInt8(ascii: "\""))
        append(literal)
        append(UInt8(ascii: "\""))
    }

    @_lifetime(self: copy self)
    mutating func append(_ field: RecordField, number: UInt64) {
        append(field.key)
        append(decimal: number)
    }
}
