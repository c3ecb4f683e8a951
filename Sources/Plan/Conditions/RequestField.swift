/// What conditions can look at. All of it is of the canonical request: what a condition sees is what is forwarded.
public enum RequestField: Hashable, Sendable {
    /// The canonical path, without the query. Bytes.
    case path

    /// The whole query as received, without its `?`; empty when there is none. Bytes.
    case query

    /// The values of the query's parameters with this name. `name=value` pairs stand between `&`; name and value are
    /// compared with `+` as a space and percent-encoded bytes decoded (WHATWG URL, application/x-www-form-urlencoded).
    /// Bytes, any number of values.
    case queryParameter([UInt8])

    /// The values of the field lines with this name, which stands here in lower case: a value for each line. Bytes, any
    /// number of values.
    case header([UInt8])

    /// The values of the cookies with this name (RFC 6265 section 4.2.1), as received. Bytes, any number of values.
    case cookie([UInt8])

    /// The method. Bytes.
    case method

    /// The host in canonical form: lower case, without final dot and port. Bytes.
    case host

    /// `http` or `https`, as the connection is. Bytes.
    case scheme

    /// The port that the request names, or the standard one of the scheme. A number.
    case port

    /// The address of the client.
    case client

    /// The version of TLS; without TLS there is no value.
    case tlsVersion

    /// The length of the body in bytes as declared, 0 when there is no body; no value when the body comes in chunks. A
    /// number.
    case length

    /// The time of day in the policy's zone.
    case time

    /// The day of the week in the policy's zone.
    case weekday

    /// The type of its values.
    public var type: ValueType {
        switch self {
        case .path, .query, .queryParameter, .header, .cookie, .method, .host, .scheme: .bytes
        case .port, .length: .number
        case .client: .address
        case .tlsVersion: .tlsVersion
        case .time: .time
        case .weekday: .weekday
        }
    }

    /// Whether it may have several values in one request.
    public var isMultiple: Bool {
        switch self {
        case .queryParameter, .header, .cookie: true
        default: false
        }
    }

    /// Whether every request has it.
    public var isAlwaysThere: Bool {
        switch self {
        case .queryParameter, .header, .cookie, .tlsVersion, .length: false
        default: true
        }
    }
}
