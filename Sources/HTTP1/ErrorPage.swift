public import Bytes
public import HTTPModel

/// The answer to a request that was refused or failed: small, plain, and silent about what runs here.
public struct ErrorPage: ~Escapable {
    /// Why.
    public let reason: Reason

    /// The status: that of the reason, unless the policy says otherwise.
    public var status: UInt16

    /// What the client can quote to the operator, who finds the record by it: letters, digits and `-`.
    public let reference: Span<UInt8>

    /// Methods for `Allow`, as in the field; sent with 405, which must name them (RFC 9110 section 15.5.6).
    public var allow: Span<UInt8>

    /// The time in the form of `Date` (RFC 9110 section 5.6.7); empty sends none.
    public var date: Span<UInt8>

    /// Whether the body is JSON instead of HTML.
    public var isJSON = false

    /// Whether the body is left out, as for HEAD.
    public var omitsBody = false

    /// What becomes of the connection.
    public var connection = ResponseSerializer.Connection.close

    /// The minor version of the request.
    public var clientMinorVersion: UInt8 = 1

    /// Seconds for `Retry-After`; 0 sends none.
    public var retryAfter: UInt64 = 0

    /// The page for `reason`, with HTML, a body, and the connection closed.
    @_lifetime(copy reference)
    public init(reason: Reason, reference: Span<UInt8>) {
        self.reason = reason
        status = reason.status
        self.reference = reference
        allow = reference.extracting(0..<0)
        date = reference.extracting(0..<0)
    }

    /// Writes head and body; `writer` has overflowed afterwards when they did not fit.
    @_lifetime(writer: copy writer)
    public func write(to writer: inout ByteWriter) {
        writeHead(to: &writer)
        writer.append("\r\n")
        if !omitsBody { writeBody(to: &writer) }
    }

    /// As ``write(to:)``, with the lines that `list` adds to responses and whose names the page does not have itself.
    @_lifetime(writer: copy writer)
    public func write(
        changing edits: borrowing FieldEdits, _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        writeHead(to: &writer)
        OwnFields.page.writeAdded(edits, list, to: &writer)
        writer.append("\r\n")
        if !omitsBody { writeBody(to: &writer) }
    }

    @_lifetime(writer: copy writer)
    private func writeHead(to writer: inout ByteWriter) {
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(status))
        writer.append(0x20)
        writer.append(StatusText.phrase(of: status))
        writer.append("\r\nContent-Type: ")
        writer.append(isJSON ? "application/json" : "text/html; charset=utf-8")
        writer.append("\r\nContent-Length: ")
        writer.append(decimal: UInt64(bodyCount))
        writer.append("\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n")
        if !isJSON { writer.append("Content-Security-Policy: default-src 'none'\r\n") }
        writeOptionalFields(to: &writer)
    }

    @_lifetime(writer: copy writer)
    private func writeOptionalFields(to writer: inout ByteWriter) {
        if date.count > 0 {
            writer.append("Date: ")
            writer.append(date)
            writer.append("\r\n")
        }
        if status == 405 {
            writer.append("Allow: ")
            writer.append(allow)
            writer.append("\r\n")
        }
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
    }
}
