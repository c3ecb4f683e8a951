internal import Bytes
internal import HPACK
internal import HTTPModel

/// What is asked of every field of a section, whatever section it is (RFC 9113 section 8.2).
enum SectionCheck {
    /// The line of `field`, which is no pseudo-field, or why its message is malformed.
    ///
    /// The field was decoded as a line of HTTP/1.1. That it is read as the same name and value, and nothing
    /// besides, is what makes it safe to be forwarded as one.
    static func line(
        _ field: DecodedField, in section: borrowing FieldSection, limits: HeadLimits
    ) throws(Reason) -> FieldLine {
        let name = section.span(field.nameStart, field.nameEnd)
        if name.count == 0 { throw .requestFieldName }
        // A pseudo-field here is unknown, or stands behind other fields or in a trailer section.
        if name[0] == 0x3a { throw .requestPseudoField }
        for index in name.indices where name[index] &- 0x41 < 26 { throw .requestFieldUpperCase }
        let line: FieldLine
        do throws(FieldLine.Fault) {
            line = try FieldLine.parse(section.span(0, section.used), at: field.nameStart, limits: limits)
        } catch {
            throw reason(error)
        }
        if line.nameEnd != field.nameEnd { throw .requestFieldName }
        if line.valueStart != field.valueStart || line.valueEnd != field.valueEnd || line.end != field.valueEnd + 2 {
            throw .requestFieldValue
        }
        return line
    }

    /// Refuses fields that concern a connection (RFC 9113 section 8.2.2).
    static func refuseConnectionSpecific(_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Reason) {
        switch FieldName(recognising: name) {
        case .connection, .proxyConnection, .keepAlive, .transferEncoding, .upgrade, .http2Settings:
            throw .requestFieldConnection
        case .te:
            if !ASCII.equal(value, "trailers") { throw .requestFieldConnection }
        default: break
        }
    }

    private static func reason(_ fault: FieldLine.Fault) -> Reason {
        switch fault {
        case .name, .spaceBeforeColon, .folded, .truncated: .requestFieldName
        case .value, .bareCR, .bareLF: .requestFieldValue
        case .nameTooLong: .requestFieldNameSize
        case .valueTooLong: .requestFieldSize
        }
    }

    /// The reason for refusing a response, where `reason` would be that for refusing a request.
    static func reasonInResponse(_ reason: Reason) -> Reason {
        switch reason {
        case .requestFieldNameSize, .requestFieldSize, .requestHeadSize, .requestFieldCount: .upstreamResponseSize
        case .requestFieldConnection: .upstreamResponseConnection
        case .requestPseudoField: .upstreamResponseHead
        case .requestFieldName, .requestFieldValue, .requestFieldUpperCase: .upstreamResponseField
        default: reason
        }
    }
}
