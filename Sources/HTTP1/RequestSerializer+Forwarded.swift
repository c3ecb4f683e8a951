internal import Bytes
internal import HTTPModel

/// `X-Forwarded-*`, `Forwarded`, `Via` and `X-Real-IP`.
extension RequestSerializer {
    @_lifetime(writer: copy writer)
    static func writeForwarded(
        _ head: borrowing RequestHead, _ forwarded: borrowing ForwardedFields,
        omitting omitted: FieldNameSet = FieldNameSet(), to writer: inout ByteWriter
    ) {
        let rules = forwarded.rules
        if rules.xForwarded != .remove { writeXForwarded(head, forwarded, omitting: omitted, to: &writer) }
        if rules.sendsXRealIP && forwarded.client.count > 0 && !omitted.contains(.xRealIP) {
            writer.append("X-Real-IP: ")
            writer.append(forwarded.client)
            writer.append("\r\n")
        }
        if rules.forwarded != .remove && !omitted.contains(.forwarded) {
            writer.append("Forwarded: ")
            if rules.forwarded == .append { FieldSerializer.writeValues(of: .forwarded, in: head.fields, to: &writer) }
            writeForwardedElement(head, forwarded, to: &writer)
        }
        if rules.via != .remove && !omitted.contains(.via) { writeVia(head, forwarded, to: &writer) }
    }

    @_lifetime(writer: copy writer)
    private static func writeXForwarded(
        _ head: borrowing RequestHead, _ forwarded: borrowing ForwardedFields, omitting omitted: FieldNameSet,
        to writer: inout ByteWriter
    ) {
        let appends = forwarded.rules.xForwarded == .append
        let hasAddress = forwarded.client.count > 0 || (appends && head.contains(.xForwardedFor))
        if hasAddress && !omitted.contains(.xForwardedFor) {
            writer.append("X-Forwarded-For: ")
            if appends { FieldSerializer.writeValues(of: .xForwardedFor, in: head.fields, to: &writer) }
            writer.append(forwarded.client.count > 0 ? forwarded.client : ("unknown" as StaticString).bytes)
            writer.append("\r\n")
        }
        if (!appends || !head.contains(.xForwardedProto)) && !omitted.contains(.xForwardedProto) {
            writer.append(
                head.scheme == .https ? "X-Forwarded-Proto: https\r\n" : "X-Forwarded-Proto: http\r\n")
        }
        if head.hasHost && (!appends || !head.contains(.xForwardedHost)) && !omitted.contains(.xForwardedHost) {
            writer.append("X-Forwarded-Host: ")
            writeAuthority(head, to: &writer)
            writer.append("\r\n")
        }
    }

    /// `for=…;host=…;proto=…` and CRLF; what holds a colon or a bracket is quoted (RFC 7239 sections 4 and 6).
    @_lifetime(writer: copy writer)
    private static func writeForwardedElement(
        _ head: borrowing RequestHead, _ forwarded: borrowing ForwardedFields, to writer: inout ByteWriter
    ) {
        let client = forwarded.client
        if client.count == 0 {
            writer.append("for=unknown")
        } else if ByteSearch.first(0x3a, in: client, from: 0) < client.count {
            writer.append("for=\"[")
            writer.append(client)
            writer.append("]\"")
        } else {
            writer.append("for=")
            writer.append(client)
        }
        if head.hasHost {
            let isQuoted = head.port != nil || head.host[0] == 0x5b
            writer.append(isQuoted ? ";host=\"" : ";host=")
            writeAuthority(head, to: &writer)
            if isQuoted { writer.append(0x22) }
        }
        writer.append(head.scheme == .https ? ";proto=https\r\n" : ";proto=http\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeVia(
        _ head: borrowing RequestHead, _ forwarded: borrowing ForwardedFields, to writer: inout ByteWriter
    ) {
        if forwarded.pseudonym.count == 0 { return }
        if forwarded.rules.via == .append && head.contains(.via) {
            writer.append("Via: ")
            FieldSerializer.writeValues(of: .via, in: head.fields, to: &writer)
            writer.append(version(of: head))
        } else {
            writer.append("Via: ")
            writer.append(version(of: head))
        }
        writer.append(forwarded.pseudonym)
        writer.append("\r\n")
    }

    /// The version that the request came by, as `Via` has it (RFC 9110 section 7.6.3).
    private static func version(of head: borrowing RequestHead) -> StaticString {
        head.isOfHTTP2 ? "2 " : head.minorVersion == 0 ? "1.0 " : "1.1 "
    }
}
