public import Bytes
public import HTTPModel

/// The answer of a listener that sends everybody to HTTPS.
public enum RedirectResponse {
    /// Writes a 308 (RFC 9110 section 15.4.9) to the same host, path and query by HTTPS.
    ///
    /// - Parameters:
    ///   - head: a request with a host.
    ///   - port: where HTTPS is served.
    ///   - connection: what becomes of the connection.
    ///   - writer: has overflowed afterwards when the response did not fit.
    @_lifetime(writer: copy writer)
    public static func write(
        to head: borrowing RequestHead, port: UInt16, connection: ResponseSerializer.Connection,
        in writer: inout ByteWriter
    ) {
        precondition(head.hasHost)
        writer.append("HTTP/1.1 308 Permanent Redirect\r\nLocation: https://")
        writer.append(head.host)
        if port != Scheme.https.defaultPort {
            writer.append(0x3a)
            writer.append(decimal: UInt64(port))
        }
        // `OPTIONS *` concerns the server as a whole, which has no path.
        if head.form == .asterisk { writer.append(0x2f) } else { writer.append(head.path) }
        if head.hasQuery {
            writer.append(0x3f)
            writer.append(head.query)
        }
        writer.append("\r\nContent-Length: 0\r\n")
        if connection == .close {
            writer.append("Connection: close\r\n")
        } else if head.minorVersion == 0 {
            writer.append("Connection: keep-alive\r\n")
        }
        writer.append("\r\n")
    }
}
