internal import Bytes

extension FieldName {
    /// The tag of `name`, which is made of token bytes alone.
    public init(recognising name: Span<UInt8>) {
        // By length first: almost every name is then compared with one or two candidates.
        switch name.count {
        case 2:
            if ASCII.tokenEquals(name, "te") { self = .te; return }
        case 3:
            if ASCII.tokenEquals(name, "via") { self = .via; return }
            if ASCII.tokenEquals(name, "age") { self = .age; return }
        case 4:
            if ASCII.tokenEquals(name, "host") { self = .host; return }
            if ASCII.tokenEquals(name, "date") { self = .date; return }
            if ASCII.tokenEquals(name, "vary") { self = .vary; return }
            if ASCII.tokenEquals(name, "etag") { self = .etag; return }
        case 5:
            if ASCII.tokenEquals(name, "proxy") { self = .proxy; return }
            if ASCII.tokenEquals(name, "range") { self = .range; return }
        case 6:
            if ASCII.tokenEquals(name, "expect") { self = .expect; return }
            if ASCII.tokenEquals(name, "cookie") { self = .cookie; return }
            if ASCII.tokenEquals(name, "accept") { self = .accept; return }
            if ASCII.tokenEquals(name, "origin") { self = .origin; return }
            if ASCII.tokenEquals(name, "server") { self = .server; return }
        case 7:
            if ASCII.tokenEquals(name, "trailer") { self = .trailer; return }
            if ASCII.tokenEquals(name, "upgrade") { self = .upgrade; return }
            if ASCII.tokenEquals(name, "referer") { self = .referer; return }
            if ASCII.tokenEquals(name, "expires") { self = .expires; return }
        case 8:
            if ASCII.tokenEquals(name, "if-match") { self = .ifMatch; return }
            if ASCII.tokenEquals(name, "if-range") { self = .ifRange; return }
            if ASCII.tokenEquals(name, "location") { self = .location; return }
        case 9:
            if ASCII.tokenEquals(name, "x-real-ip") { self = .xRealIP; return }
            if ASCII.tokenEquals(name, "forwarded") { self = .forwarded; return }
        case 10:
            if ASCII.tokenEquals(name, "connection") { self = .connection; return }
            if ASCII.tokenEquals(name, "keep-alive") { self = .keepAlive; return }
            if ASCII.tokenEquals(name, "set-cookie") { self = .setCookie; return }
            if ASCII.tokenEquals(name, "user-agent") { self = .userAgent; return }
        case 11:
            if ASCII.tokenEquals(name, "x-client-ip") { self = .xClientIP; return }
        case 12:
            if ASCII.tokenEquals(name, "content-type") { self = .contentType; return }
            if ASCII.tokenEquals(name, "max-forwards") { self = .maxForwards; return }
        case 13:
            if ASCII.tokenEquals(name, "x-rewrite-url") { self = .xRewriteURL; return }
            if ASCII.tokenEquals(name, "authorization") { self = .authorization; return }
            if ASCII.tokenEquals(name, "content-range") { self = .contentRange; return }
            if ASCII.tokenEquals(name, "if-none-match") { self = .ifNoneMatch; return }
            if ASCII.tokenEquals(name, "cache-control") { self = .cacheControl; return }
            if ASCII.tokenEquals(name, "last-modified") { self = .lastModified; return }
        case 14:
            if ASCII.tokenEquals(name, "content-length") { self = .contentLength; return }
            if ASCII.tokenEquals(name, "http2-settings") { self = .http2Settings; return }
            if ASCII.tokenEquals(name, "true-client-ip") { self = .trueClientIP; return }
            if ASCII.tokenEquals(name, "x-original-url") { self = .xOriginalURL; return }
        case 15:
            if ASCII.tokenEquals(name, "x-forwarded-for") { self = .xForwardedFor; return }
            if ASCII.tokenEquals(name, "accept-encoding") { self = .acceptEncoding; return }
            if ASCII.tokenEquals(name, "accept-language") { self = .acceptLanguage; return }
        case 16:
            if ASCII.tokenEquals(name, "proxy-connection") { self = .proxyConnection; return }
            if ASCII.tokenEquals(name, "x-forwarded-host") { self = .xForwardedHost; return }
            if ASCII.tokenEquals(name, "x-forwarded-port") { self = .xForwardedPort; return }
            if ASCII.tokenEquals(name, "www-authenticate") { self = .wwwAuthenticate; return }
            if ASCII.tokenEquals(name, "content-encoding") { self = .contentEncoding; return }
        case 17:
            if ASCII.tokenEquals(name, "transfer-encoding") { self = .transferEncoding; return }
            if ASCII.tokenEquals(name, "x-forwarded-proto") { self = .xForwardedProto; return }
            if ASCII.tokenEquals(name, "if-modified-since") { self = .ifModifiedSince; return }
            if ASCII.tokenEquals(name, "sec-websocket-key") { self = .secWebSocketKey; return }
        case 18:
            if ASCII.tokenEquals(name, "proxy-authenticate") { self = .proxyAuthenticate; return }
        case 19:
            if ASCII.tokenEquals(name, "proxy-authorization") { self = .proxyAuthorization; return }
            if ASCII.tokenEquals(name, "if-unmodified-since") { self = .ifUnmodifiedSince; return }
        case 20:
            if ASCII.tokenEquals(name, "sec-websocket-accept") { self = .secWebSocketAccept; return }
        case 21:
            if ASCII.tokenEquals(name, "sec-websocket-version") { self = .secWebSocketVersion; return }
        case 25:
            if ASCII.tokenEquals(name, "strict-transport-security") { self = .strictTransportSecurity; return }
        default: break
        }
        self = FieldName.isForwardedFamily(name) ? .xForwardedOther : .other
    }

    private static func isForwardedFamily(_ name: Span<UInt8>) -> Bool {
        let prefix: StaticString = "x-forwarded-"
        let length = prefix.utf8CodeUnitCount
        return name.count > length && ASCII.tokenEquals(name.extracting(0..<length), prefix)
    }
}
