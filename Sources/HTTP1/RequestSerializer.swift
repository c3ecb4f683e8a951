public import Bytes
public import HTTPModel

/// Writes a request head for the upstream, afresh from the canonical head.
public enum RequestSerializer {
    /// Writes the head of an HTTP/1.1 request.
    ///
    /// - Parameters:
    ///   - forwarded: what the upstream is told about the client.
    ///   - framing: how the body is framed; `untilClose` is not possible in a request.
    ///   - upgrades: whether the protocol named in `Upgrade` is asked for; without effect where
    ///     ``RequestHead/upgrade`` is nil.
    ///   - writer: has overflowed afterwards when the head did not fit.
    @_lifetime(writer: copy writer)
    public static func write(
        _ head: borrowing RequestHead, forwarding forwarded: borrowing ForwardedFields, framing: MessageFraming,
        upgrades: Bool = false, to writer: inout ByteWriter
    ) {
        writeLine(head, head.path, to: &writer)
        if head.hasHost {
            writer.append("Host: ")
            writeAuthority(head, to: &writer)
            writer.append("\r\n")
        } else {
            // An HTTP/1.0 client need not name a host; an HTTP/1.1 request must (RFC 9112 section 3.2).
            writer.append("Host: \r\n")
        }
        FieldSerializer.write(head.fields, omitting: omitted(forwarded.rules, framing), to: &writer)
        writeForwarded(head, forwarded, to: &writer)
        writeEnd(head, framing, upgrades: upgrades, to: &writer)
    }

    /// Writes the head of an HTTP/1.1 request with another path and with changed fields.
    ///
    /// - Parameters:
    ///   - path: what stands in the place of the head's path, in canonical form.
    ///   - edits: where the changes of fields stand; they are applied after the fields about the client were written.
    ///   - list: which of them.
    @_lifetime(writer: copy writer)
    public static func write(
        _ head: borrowing RequestHead, forwarding forwarded: borrowing ForwardedFields, framing: MessageFraming,
        upgrades: Bool = false, path: Span<UInt8>, changing edits: borrowing FieldEdits, _ list: FieldEditList,
        to writer: inout ByteWriter
    ) {
        writeLine(head, path, to: &writer)
        writer.append("Host: ")
        if list.setsHost {
            writer.append(edits.host(of: list))
        } else if head.hasHost {
            writeAuthority(head, to: &writer)
        }
        writer.append("\r\n")
        FieldSerializer.write(head.fields, omitting: omitted(forwarded.rules, framing), edits, list, to: &writer)
        writeForwarded(head, forwarded, omitting: list.removed, to: &writer)
        FieldSerializer.writeAdded(edits, list, to: head.fields, in: &writer)
        writeEnd(head, framing, upgrades: upgrades, to: &writer)
    }

    /// Before the protocols that are asked for, in the last line of the head.
    static var upgradeOpening: StaticString { "Upgrade: " }

    @_lifetime(writer: copy writer)
    private static func writeEnd(
        _ head: borrowing RequestHead, _ framing: MessageFraming, upgrades: Bool, to writer: inout ByteWriter
    ) {
        writeFraming(framing, to: &writer)
        if upgrades, let index = head.upgrade {
            writer.append("Connection: upgrade\r\n")
            writer.append(upgradeOpening)
            writer.append(head.value(of: index))
            writer.append("\r\n")
        }
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeLine(
        _ head: borrowing RequestHead, _ path: Span<UInt8>, to writer: inout ByteWriter
    ) {
        writer.append(head.methodBytes)
        writer.append(0x20)
        writer.append(path)
        if head.hasQuery {
            writer.append(0x3f)
            writer.append(head.query)
        }
        writer.append(" HTTP/1.1\r\n")
    }

    /// `host` or `host:port`.
    @_lifetime(writer: copy writer)
    static func writeAuthority(_ head: borrowing RequestHead, to writer: inout ByteWriter) {
        writer.append(head.host)
        if let port = head.port {
            writer.append(0x3a)
            writer.append(decimal: UInt64(port))
        }
    }

    /// The fields that are written otherwise or not at all.
    private static func omitted(_ rules: ForwardingRules, _ framing: MessageFraming) -> FieldNameSet {
        var names = FieldNameSet.override.adding(.host).adding(.contentLength)
            .adding(.xForwardedFor).adding(.forwarded).adding(.via)
            .adding(.xRealIP).adding(.xClientIP).adding(.trueClientIP)
        if rules.xForwarded != .append { names = names.union(.clientAddress) }
        if !rules.forwardsExpect { names.insert(.expect) }
        if framing != .chunked { names.insert(.trailer) }
        return names
    }

    @_lifetime(writer: copy writer)
    private static func writeFraming(_ framing: MessageFraming, to writer: inout ByteWriter) {
        switch framing {
        case .none: break
        case .length(let count):
            writer.append("Content-Length: ")
            writer.append(decimal: count)
            writer.append("\r\n")
        case .chunked: writer.append("Transfer-Encoding: chunked\r\n")
        case .untilClose: preconditionFailure("a request cannot end with its connection")
        }
    }
}
