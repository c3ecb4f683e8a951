internal import Bytes

/// A field name that the proxy acts on, recognised once, when the field is parsed.
///
/// Letter case does not count (RFC 9110 section 5.1). Names the proxy has no business with are ``other``; they are
/// forwarded as received.
public enum FieldName: UInt8, BitwiseCopyable, CaseIterable, Sendable {
    /// Any other name.
    case other
    /// Any name that begins with `X-Forwarded-` and is not one of those below.
    case xForwardedOther
    // What frames a message and its connection.
    case connection, host, contentLength, transferEncoding, te, trailer, upgrade, expect, keepAlive
    case proxyConnection, proxyAuthorization, proxyAuthenticate, http2Settings, proxy
    // Where a request came from and where it went.
    case xForwardedFor, xForwardedProto, xForwardedHost, xForwardedPort, xRealIP, xClientIP, trueClientIP
    case xOriginalURL, xRewriteURL, forwarded, via
    // Credentials.
    case cookie, setCookie, authorization, wwwAuthenticate
    // What the client says of itself and wants.
    case accept, acceptEncoding, acceptLanguage, userAgent, referer, origin
    // Content.
    case contentType, contentEncoding, contentRange
    // Conditions and caching.
    case range, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ifRange, cacheControl, date, age
    case expires, vary, lastModified
    // The rest.
    case location, server, maxForwards, strictTransportSecurity, secWebSocketKey, secWebSocketVersion
    case secWebSocketAccept, etag

    /// The name in lower case; empty for ``other`` and ``xForwardedOther``.
    public var text: StaticString {
        switch self {
        case .other, .xForwardedOther: ""
        case .connection: "connection"
        case .host: "host"
        case .contentLength: "content-length"
        case .transferEncoding: "transfer-encoding"
        case .te: "te"
        case .trailer: "trailer"
        case .upgrade: "upgrade"
        case .expect: "expect"
        case .keepAlive: "keep-alive"
        case .proxyConnection: "proxy-connection"
        case .proxyAuthorization: "proxy-authorization"
        case .proxyAuthenticate: "proxy-authenticate"
        case .http2Settings: "http2-settings"
        case .proxy: "proxy"
        case .xForwardedFor: "x-forwarded-for"
        case .xForwardedProto: "x-forwarded-proto"
        case .xForwardedHost: "x-forwarded-host"
        case .xForwardedPort: "x-forwarded-port"
        case .xRealIP: "x-real-ip"
        case .xClientIP: "x-client-ip"
        case .trueClientIP: "true-client-ip"
        case .xOriginalURL: "x-original-url"
        case .xRewriteURL: "x-rewrite-url"
        case .forwarded: "forwarded"
        case .via: "via"
        case .cookie: "cookie"
        case .setCookie: "set-cookie"
        case .authorization: "authorization"
        case .wwwAuthenticate: "www-authenticate"
        case .accept: "accept"
        case .acceptEncoding: "accept-encoding"
        case .acceptLanguage: "accept-language"
        case .userAgent: "user-agent"
        case .referer: "referer"
        case .origin: "origin"
        case .contentType: "content-type"
        case .contentEncoding: "content-encoding"
        case .contentRange: "content-range"
        case .range: "range"
        case .ifMatch: "if-match"
        case .ifNoneMatch: "if-none-match"
        case .ifModifiedSince: "if-modified-since"
        case .ifUnmodifiedSince: "if-unmodified-since"
        case .ifRange: "if-range"
        case .cacheControl: "cache-control"
        case .date: "date"
        case .age: "age"
        case .expires: "expires"
        case .vary: "vary"
        case .lastModified: "last-modified"
        case .location: "location"
        case .server: "server"
        case .maxForwards: "max-forwards"
        case .strictTransportSecurity: "strict-transport-security"
        case .secWebSocketKey: "sec-websocket-key"
        case .secWebSocketVersion: "sec-websocket-version"
        case .secWebSocketAccept: "sec-websocket-accept"
        case .etag: "etag"
        }
    }
}
