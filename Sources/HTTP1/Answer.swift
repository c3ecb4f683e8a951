public import Bytes
public import HTTPModel

/// An answer of the appliance whose content stands in the policy: a redirect, a fixed answer, a page from a file.
public struct Answer: ~Escapable {
    /// The status.
    public let status: UInt16

    /// The media type; empty sends none.
    public let type: Span<UInt8>

    /// The body.
    public let body: Span<UInt8>

    /// Where the client is sent; empty sends no `Location`.
    public let location: Span<UInt8>

    /// The time in the form of `Date` (RFC 9110 section 5.6.7); empty sends none.
    public let date: Span<UInt8>

    /// Methods for `Allow`, as in the field; empty sends none.
    public let allow: Span<UInt8>

    /// Whether nobody may keep the answer.
    public var forbidsStoring = false

    /// Seconds for `Retry-After`; 0 sends none.
    public var retryAfter: UInt64 = 0

    /// Whether the body is left out, as for HEAD.
    public var omitsBody = false

    /// What becomes of the connection.
    public var connection = ResponseSerializer.Connection.close

    /// The minor version of the request.
    public var clientMinorVersion: UInt8 = 1

    /// The answer of these parts.
    @_lifetime(copy type, copy body, copy location, copy date, copy allow)
    public init(
        status: UInt16, type: Span<UInt8>, body: Span<UInt8>, location: Span<UInt8>, date: Span<UInt8>,
        allow: Span<UInt8>
    ) {
        self.status = status
        self.type = type
        self.body = body
        self.location = location
        self.date = date
        self.allow = allow
    }

    /// Writes head and body, with the lines that `list` adds to responses and whose names the answer does not have
    /// itself; `writer` has overflowed afterwards when they did not fit.
    @_lifetime(writer: copy writer)
    public func write(
        changing edits: borrowing FieldEdits, _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(status))
        writer.append(0x20)
        writer.append(StatusText.phrase(of: status))
        writer.append("\r\n")
        // These two have no content, and so nothing is said of it (RFC 9110 sections 8.6 and 15.4.5).
        if status != 204 && status != 304 { writeContentFields(to: &writer) }
        if location.count > 0 { write("Location: ", location, to: &writer) }
        if date.count > 0 { write("Date: ", date, to: &writer) }
        if allow.count > 0 { write("Allow: ", allow, to: &writer) }
        if forbidsStoring { writer.append("Cache-Control: no-store\r\n") }
        if retryAfter > 0 {
            writer.append("Retry-After: ")
            writer.append(decimal: retryAfter)
            writer.append("\r\n")
        }
        if connection == .close {
            writer.append("Connection: close\r\n")
        } else if clientMinorVersion == 0 {
            writer.append("Connection: keep-alive\r\n")
        }
        let own: OwnFields = forbidsStoring ? [.message, .noStore] : .message
        own.writeAdded(edits, list, to: &writer)
        writer.append("\r\n")
        if !omitsBody { writer.append(body) }
    }

    @_lifetime(writer: copy writer)
    private func writeContentFields(to writer: inout ByteWriter) {
        if type.count > 0 { write("Content-Type: ", type, to: &writer) }
        writer.append("Content-Length: ")
        writer.append(decimal: UInt64(body.count))
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private func write(_ name: StaticString, _ value: Span<UInt8>, to writer: inout ByteWriter) {
        writer.append(name)
        writer.append(value)
        writer.append("\r\n")
    }
}
