public import Bytes
public import HTTPModel

/// Writes a response head for the client, afresh from the parsed one.
public enum ResponseSerializer {
    /// The interim response that lets a client send the body it holds back.
    public static var continueResponse: StaticString { "HTTP/1.1 100 Continue\r\n\r\n" }

    /// What becomes of the client's connection after the response.
    public enum Connection: UInt8, BitwiseCopyable, Sendable {
        /// Another request may follow.
        case keepAlive
        /// The connection is closed.
        case close
        /// The connection changes to the protocol in `Upgrade`; with 101 only.
        case upgrade
    }

    /// How the body of `head` is framed for a client of HTTP/1.`minorVersion`.
    ///
    /// A length is kept. A body whose length is not known is chunked, or ends with the connection for HTTP/1.0.
    public static func framing(of head: borrowing ResponseHead, clientMinorVersion: UInt8) -> MessageFraming {
        switch head.framing {
        case .none, .length: head.framing
        case .chunked, .untilClose: clientMinorVersion == 0 ? .untilClose : .chunked
        }
    }

    /// Writes the head of an HTTP/1.1 response.
    ///
    /// - Parameters:
    ///   - framing: how the body is framed, see ``framing(of:clientMinorVersion:)``; `untilClose` needs
    ///     `connection` to be `close`.
    ///   - connection: what becomes of the connection.
    ///   - clientMinorVersion: the minor version of the request: HTTP/1.0 must be told to keep a connection.
    ///   - pseudonym: the name of this proxy in `Via`; no `Via` is added when it is empty.
    ///   - writer: has overflowed afterwards when the head did not fit.
    @_lifetime(writer: copy writer)
    public static func write(
        _ head: borrowing ResponseHead, framing: MessageFraming, connection: Connection,
        clientMinorVersion: UInt8, pseudonym: Span<UInt8>, to writer: inout ByteWriter
    ) {
        precondition(framing != .untilClose || connection == .close)
        writeLine(head, to: &writer)
        var omitted = FieldNameSet().adding(.contentLength)
        if framing != .chunked { omitted.insert(.trailer) }
        FieldSerializer.write(head.fields, omitting: omitted, to: &writer)
        if pseudonym.count > 0 { writeVia(head, pseudonym, to: &writer) }
        writeFraming(head, framing, to: &writer)
        if !head.isInterim { writeConnection(head, connection, clientMinorVersion, to: &writer) }
        writer.append("\r\n")
    }

    /// Writes the head of an HTTP/1.1 response with changed fields.
    ///
    /// - Parameters:
    ///   - edits: where the changes stand.
    ///   - list: which of them.
    @_lifetime(writer: copy writer)
    public static func write(
        _ head: borrowing ResponseHead, framing: MessageFraming, connection: Connection,
        clientMinorVersion: UInt8, pseudonym: Span<UInt8>, changing edits: borrowing FieldEdits,
        _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        precondition(framing != .untilClose || connection == .close)
        writeLine(head, to: &writer)
        var omitted = FieldNameSet().adding(.contentLength)
        if framing != .chunked { omitted.insert(.trailer) }
        FieldSerializer.write(head.fields, omitting: omitted, edits, list, to: &writer)
        if pseudonym.count > 0 && !list.removed.contains(.via) { writeVia(head, pseudonym, to: &writer) }
        FieldSerializer.writeAdded(edits, list, to: head.fields, in: &writer)
        writeFraming(head, framing, to: &writer)
        if !head.isInterim { writeConnection(head, connection, clientMinorVersion, to: &writer) }
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeVia(
        _ head: borrowing ResponseHead, _ pseudonym: Span<UInt8>, to writer: inout ByteWriter
    ) {
        writer.append(head.minorVersion == 0 ? "Via: 1.0 " : "Via: 1.1 ")
        writer.append(pseudonym)
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeLine(_ head: borrowing ResponseHead, to writer: inout ByteWriter) {
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(head.status))
        writer.append(0x20)
        if head.reasonPhrase.count > 0 {
            writer.append(head.reasonPhrase)
        } else {
            writer.append(StatusText.phrase(of: head.status))
        }
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeFraming(
        _ head: borrowing ResponseHead, _ framing: MessageFraming, to writer: inout ByteWriter
    ) {
        switch framing {
        case .none:
            // An answer to HEAD, or 304, tells the length of what it leaves out; 1xx and 204 must not have one.
            if head.status >= 200 && head.status != 204, let length = head.contentLength {
                writeLength(length, to: &writer)
            }
        case .length(let count): writeLength(count, to: &writer)
        case .chunked: writer.append("Transfer-Encoding: chunked\r\n")
        case .untilClose: break
        }
    }

    @_lifetime(writer: copy writer)
    private static func writeLength(_ count: UInt64, to writer: inout ByteWriter) {
        writer.append("Content-Length: ")
        writer.append(decimal: count)
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func writeConnection(
        _ head: borrowing ResponseHead, _ connection: Connection, _ clientMinorVersion: UInt8,
        to writer: inout ByteWriter
    ) {
        switch connection {
        case .keepAlive:
            if clientMinorVersion == 0 { writer.append("Connection: keep-alive\r\n") }
        case .close: writer.append("Connection: close\r\n")
        case .upgrade:
            writer.append("Connection: upgrade\r\n")
            if let index = head.upgrade {
                writer.append("Upgrade: ")
                writer.append(head.value(of: index))
                writer.append("\r\n")
            }
        }
    }
}
