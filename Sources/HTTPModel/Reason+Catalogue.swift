internal import Bytes

extension Reason {
    /// The reason's name: lower case, dotted, stable.
    public var code: StaticString { entry.code }

    /// The status of the answer. 499 stands in the log alone: nobody is left to be answered.
    public var status: UInt16 { entry.status }

    /// One plain sentence for the error page.
    public var text: StaticString { entry.text }

    /// The reason whose ``code`` is `code`.
    public init?(code: Span<UInt8>) {
        for candidate in 0..<UInt16(Reason.count) {
            guard let reason = Reason(rawValue: candidate) else { return nil }
            if ASCII.equal(code, reason.code) {
                self = reason
                return
            }
        }
        return nil
    }

    /// The number of reasons; raw values run from 0 to one below it.
    public static var count: Int { Int(Reason.internalFault.rawValue) + 1 }

    private typealias Entry = (code: StaticString, status: UInt16, text: StaticString)

    private var entry: Entry {
        switch self {
        case .none: ("none", 200, "Nothing went wrong.")
        case .requestNotHTTP: ("request.not-http", 400, "What was sent is not HTTP.")
        case .requestLine: ("request.line", 400, "The request line is malformed.")
        case .requestLineBareCR:
            ("request.line.bare-cr", 400, "The request line holds a carriage return without a line feed.")
        case .requestLineBareLF:
            ("request.line.bare-lf", 400, "A line ends with a line feed without a carriage return.")
        case .requestMethod: ("request.method", 400, "The request method is malformed.")
        case .requestMethodUnsupported: ("request.method.unsupported", 501, "The request method is not supported.")
        case .requestMethodConnect: ("request.method.connect", 501, "This server opens no tunnels.")
        case .requestMethodTrace: ("request.method.trace", 501, "TRACE is not supported.")
        case .requestTarget: ("request.target", 400, "The request target is malformed.")
        case .requestTargetSize: ("request.target.size", 414, "The request target is too long.")
        case .requestTargetAuthority:
            ("request.target.authority", 400, "The request target and the Host field name different hosts.")
        case .requestTargetScheme:
            ("request.target.scheme", 400, "The scheme of the request target is not that of the connection.")
        case .requestTargetForm: ("request.target.form", 400, "The form of the request target does not fit the method.")
        case .requestVersion: ("request.version", 400, "The HTTP version is malformed.")
        case .requestVersionUnsupported: ("request.version.unsupported", 505, "The HTTP version is not supported.")
        case .requestHeadSize: ("request.head.size", 431, "The request head is too large.")
        case .requestHeadTruncated: ("request.head.truncated", 400, "The request head ended early.")
        case .requestFieldName: ("request.field.name", 400, "A field name is malformed.")
        case .requestFieldNameSize: ("request.field.name.size", 431, "A field name is too long.")
        case .requestFieldUnderscore: ("request.field.underscore", 400, "A field name holds an underscore.")
        case .requestFieldColon: ("request.field.colon", 400, "White space stands before the colon of a field.")
        case .requestFieldFolded: ("request.field.folded", 400, "A field line begins with white space.")
        case .requestFieldValue: ("request.field.value", 400, "A field value holds a control character.")
        case .requestFieldSize: ("request.field.size", 431, "A field value is too long.")
        case .requestFieldBareCR:
            ("request.field.bare-cr", 400, "A field line holds a carriage return without a line feed.")
        case .requestFieldBareLF:
            ("request.field.bare-lf", 400, "A field line ends with a line feed without a carriage return.")
        case .requestFieldCount: ("request.field.count", 431, "The request has too many fields.")
        case .requestFieldDuplicate:
            ("request.field.duplicate", 400, "A field that may stand once stands more than once.")
        case .requestHostMissing: ("request.host.missing", 400, "The Host field is missing.")
        case .requestHostDuplicate: ("request.host.duplicate", 400, "The request has more than one Host field.")
        case .requestHostInvalid: ("request.host.invalid", 400, "The Host field is not a valid host and port.")
        case .requestLength: ("request.length", 400, "The Content-Length field is not a valid number.")
        case .requestLengthDuplicate: ("request.length.duplicate", 400, "The request has more than one Content-Length.")
        case .requestLengthConflict:
            ("request.length.conflict", 400, "The request has both Content-Length and Transfer-Encoding.")
        case .requestTransferEncoding:
            ("request.transfer-encoding", 400, "The Transfer-Encoding field is malformed or repeated.")
        case .requestTransferEncodingVersion:
            ("request.transfer-encoding.version", 400, "Transfer-Encoding is not part of HTTP/1.0.")
        case .requestTransferCoding: ("request.transfer-coding", 501, "The transfer coding is not supported.")
        case .requestConnection:
            ("request.connection", 400, "The Connection field is malformed or names a field that must be forwarded.")
        case .requestExpect: ("request.expect", 417, "The expectation is not supported.")
        case .requestBodySize: ("request.body.size", 413, "The request body is too large.")
        case .requestBodyTruncated: ("request.body.truncated", 400, "The request body ended early.")
        case .requestChunk: ("request.chunk", 400, "A chunk of the request body is malformed.")
        case .requestChunkSize: ("request.chunk.size", 400, "The size of a chunk of the request body is not valid.")
        case .requestChunkExtension:
            ("request.chunk.extension", 400, "A chunk extension of the request body is malformed or too long.")
        case .requestChunkBareLF:
            ("request.chunk.bare-lf", 400, "A line of the body's chunks ends without a carriage return.")
        case .requestTrailer: ("request.trailer", 400, "The trailer section is malformed.")
        case .requestTrailerField:
            ("request.trailer.field", 400, "A field of the trailer section is not allowed there.")
        case .requestTrailerSize: ("request.trailer.size", 431, "The trailer section is too large.")
        case .requestPseudoField:
            ("request.pseudo-field", 400, "A pseudo-field is missing, unknown, repeated or out of place.")
        case .requestFieldUpperCase: ("request.field.upper-case", 400, "A field name holds an upper-case letter.")
        case .requestFieldConnection:
            ("request.field.connection", 400, "A field concerns a connection, where none may.")
        case .requestBodyLength:
            ("request.body.length", 400, "The request body is not as long as its Content-Length says.")
        case .connectionPreface: ("connection.preface", 400, "The connection does not begin as it must.")
        case .connectionProtocol: ("connection.protocol", 400, "A frame is malformed or out of place.")
        case .connectionFrameSize: ("connection.frame-size", 400, "A frame has a size that is not allowed.")
        case .connectionFlowControl: ("connection.flow-control", 400, "More was sent than flow control allows.")
        case .connectionCompression: ("connection.compression", 400, "A field block cannot be decoded.")
        case .connectionExcess:
            ("connection.excess", 429, "The connection made too much work that leads to nothing.")
        case .streamProtocol: ("stream.protocol", 400, "A frame of the stream is malformed or out of place.")
        case .streamFlowControl: ("stream.flow-control", 400, "More was sent on the stream than flow control allows.")
        case .streamClosed: ("stream.closed", 400, "A frame came for a stream that had ended.")
        case .streamRefused: ("stream.refused", 503, "There were too many streams at once.")
        case .pathCharacter: ("path.character", 400, "The path holds a character that must be percent-encoded.")
        case .pathPercent:
            ("path.percent", 400, "The path holds a percent sign that two hexadecimal digits do not follow.")
        case .pathNUL: ("path.nul", 400, "The path holds an encoded NUL.")
        case .pathControl: ("path.control", 400, "The path holds an encoded control character.")
        case .pathBackslash: ("path.backslash", 400, "The path holds a backslash.")
        case .pathEncodedBackslash: ("path.encoded-backslash", 400, "The path holds an encoded backslash.")
        case .pathEncodedSlash: ("path.encoded-slash", 400, "The path holds an encoded slash.")
        case .pathParameter: ("path.parameter", 400, "The path holds a semicolon.")
        case .pathEncoding: ("path.encoding", 400, "The path is not valid UTF-8.")
        case .pathDotSegment: ("path.dot-segment", 400, "The path hides a dot segment.")
        case .pathBeyondRoot: ("path.beyond-root", 400, "The path leads above the root.")
        case .pathEmptySegment: ("path.empty-segment", 400, "Two slashes stand behind one another in the path.")
        case .queryCharacter: ("query.character", 400, "The query holds a character that must be percent-encoded.")
        case .queryPercent:
            ("query.percent", 400, "The query holds a percent sign that two hexadecimal digits do not follow.")
        case .sniMismatch: ("sni.mismatch", 421, "The request names another host than the TLS connection.")
        case .siteUnknown: ("site.unknown", 421, "No such site is served here.")
        case .routeNone: ("route.none", 404, "There is nothing at this path.")
        case .routeMethod: ("route.method", 405, "The method is not allowed at this path.")
        case .routeFrom: ("route.from", 403, "Your address may not use this path.")
        case .routeUpgrade: ("route.upgrade", 403, "The connection may not be upgraded at this path.")
        case .routeDeny: ("route.deny", 403, "The request was refused.")
        case .routeMaintenance: ("route.maintenance", 503, "This path is closed for maintenance.")
        case .ruleDeny: ("rule.deny", 403, "The request was refused.")
        case .limitConnections: ("limit.connections", 503, "There are too many connections.")
        case .limitRate: ("limit.rate", 429, "There were too many requests.")
        case .upstreamUnavailable: ("upstream.unavailable", 503, "No server is available for this request.")
        case .upstreamConnect: ("upstream.connect", 502, "The server behind this one could not be reached.")
        case .upstreamConnectTimeout:
            ("upstream.connect.timeout", 504, "The server behind this one could not be reached in time.")
        case .upstreamTimeout: ("upstream.timeout", 504, "The server behind this one did not answer in time.")
        case .upstreamClosed: ("upstream.closed", 502, "The server behind this one closed the connection.")
        case .upstreamWrite: ("upstream.write", 502, "The request could not be passed on.")
        case .upstreamResponseHead:
            ("upstream.response.head", 502, "The server behind this one sent a malformed answer.")
        case .upstreamResponseVersion:
            ("upstream.response.version", 502, "The server behind this one answered in an unknown version of HTTP.")
        case .upstreamResponseStatus:
            ("upstream.response.status", 502, "The server behind this one sent an invalid status.")
        case .upstreamResponseSize:
            ("upstream.response.size", 502, "The server behind this one sent a head that is too large.")
        case .upstreamResponseField:
            ("upstream.response.field", 502, "The server behind this one sent a malformed field.")
        case .upstreamResponseConnection:
            ("upstream.response.connection", 502, "The server behind this one sent an invalid Connection field.")
        case .upstreamResponseFraming:
            ("upstream.response.framing", 502, "The length of the answer of the server behind this one is ambiguous.")
        case .upstreamResponseChunk:
            ("upstream.response.chunk", 502, "The server behind this one sent a malformed chunk.")
        case .upstreamResponseTrailer:
            ("upstream.response.trailer", 502, "The server behind this one sent a malformed trailer section.")
        case .upstreamResponseTruncated:
            ("upstream.response.truncated", 502, "The answer of the server behind this one ended early.")
        case .upstreamResponseUpgrade:
            ("upstream.response.upgrade", 502, "The server behind this one changed the protocol unasked.")
        case .upstreamReset: ("upstream.reset", 502, "The server behind this one broke off its answer.")
        case .upstreamRefused: ("upstream.refused", 503, "The server behind this one did not take the request.")
        case .upstreamProtocol:
            ("upstream.protocol", 502, "The server behind this one broke the rules of the connection.")
        case .poolQueue: ("pool.queue", 503, "Too many requests are waiting.")
        case .poolQueueTimeout: ("pool.queue.timeout", 503, "The request waited too long for a server.")
        case .deadlineHandshake: ("deadline.handshake", 408, "The TLS handshake took too long.")
        case .deadlineHead: ("deadline.head", 408, "The request head took too long.")
        case .deadlineBody: ("deadline.body", 408, "The request body came too slowly.")
        case .deadlineIdle: ("deadline.idle", 408, "The connection was idle for too long.")
        case .deadlineWrite: ("deadline.write", 408, "The answer was taken too slowly.")
        case .clientClosed: ("client.closed", 499, "The client closed the connection.")
        case .clientReset: ("client.reset", 499, "The client broke off the request.")
        case .draining: ("draining", 503, "The service is restarting.")
        case .auditFull: ("audit.full", 503, "The request could not be recorded.")
        case .memory: ("memory", 503, "The service is out of room.")
        case .workerLost: ("worker.lost", 502, "The request was lost.")
        case .internalFault: ("internal", 500, "The service failed.")
        }
    }
}
