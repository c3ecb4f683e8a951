internal import Bytes

extension FieldName {
    /// The tag of `name`, which is made of token bytes alone.
    public init(recognising name: Span<UInt8>) {
        // By length first: almost every name is then compared with one or two candidates, a word or two each.
        let folded = FoldedName(name)
        switch name.count {
        case 2:
            if folded.equals("te") { self = .te; return }
        case 3:
            if folded.equals("via") { self = .via; return }
            if folded.equals("age") { self = .age; return }
        case 4:
            if folded.equals("host") { self = .host; return }
            if folded.equals("date") { self = .date; return }
            if folded.equals("vary") { self = .vary; return }
            if folded.equals("etag") { self = .etag; return }
        case 5:
            if folded.equals("proxy") { self = .proxy; return }
            if folded.equals("range") { self = .range; return }
        case 6:
            if folded.equals("expect") { self = .expect; return }
            if folded.equals("cookie") { self = .cookie; return }
            if folded.equals("accept") { self = .accept; return }
            if folded.equals("origin") { self = .origin; return }
            if folded.equals("server") { self = .server; return }
        case 7:
            if folded.equals("trailer") { self = .trailer; return }
            if folded.equals("upgrade") { self = .upgrade; return }
            if folded.equals("referer") { self = .referer; return }
            if folded.equals("expires") { self = .expires; return }
        case 8:
            if folded.equals("if-match") { self = .ifMatch; return }
            if folded.equals("if-range") { self = .ifRange; return }
            if folded.equals("location") { self = .location; return }
        case 9:
            if folded.equals("x-real-ip") { self = .xRealIP; return }
            if folded.equals("forwarded") { self = .forwarded; return }
        case 10:
            if folded.equals("connection") { self = .connection; return }
            if folded.equals("keep-alive") { self = .keepAlive; return }
            if folded.equals("set-cookie") { self = .setCookie; return }
            if folded.equals("user-agent") { self = .userAgent; return }
        case 11:
            if folded.equals("x-client-ip") { self = .xClientIP; return }
        case 12:
            if folded.equals("content-type") { self = .contentType; return }
            if folded.equals("max-forwards") { self = .maxForwards; return }
        case 13:
            if folded.equals("x-rewrite-url") { self = .xRewriteURL; return }
            if folded.equals("authorization") { self = .authorization; return }
            if folded.equals("content-range") { self = .contentRange; return }
            if folded.equals("if-none-match") { self = .ifNoneMatch; return }
            if folded.equals("cache-control") { self = .cacheControl; return }
            if folded.equals("last-modified") { self = .lastModified; return }
        case 14:
            if folded.equals("content-length") { self = .contentLength; return }
            if folded.equals("http2-settings") { self = .http2Settings; return }
            if folded.equals("true-client-ip") { self = .trueClientIP; return }
            if folded.equals("x-original-url") { self = .xOriginalURL; return }
        case 15:
            if folded.equals("x-forwarded-for") { self = .xForwardedFor; return }
            if folded.equals("accept-encoding") { self = .acceptEncoding; return }
            if folded.equals("accept-language") { self = .acceptLanguage; return }
        case 16:
            if folded.equals("proxy-connection") { self = .proxyConnection; return }
            if folded.equals("x-forwarded-host") { self = .xForwardedHost; return }
            if folded.equals("x-forwarded-port") { self = .xForwardedPort; return }
            if folded.equals("www-authenticate") { self = .wwwAuthenticate; return }
            if folded.equals("content-encoding") { self = .contentEncoding; return }
        case 17:
            if folded.equals("transfer-encoding") { self = .transferEncoding; return }
            if folded.equals("x-forwarded-proto") { self = .xForwardedProto; return }
            if folded.equals("if-modified-since") { self = .ifModifiedSince; return }
            if folded.equals("sec-websocket-key") { self = .secWebSocketKey; return }
        case 18:
            if folded.equals("proxy-authenticate") { self = .proxyAuthenticate; return }
        case 19:
            if folded.equals("proxy-authorization") { self = .proxyAuthorization; return }
            if folded.equals("if-unmodified-since") { self = .ifUnmodifiedSince; return }
        case 20:
            if folded.equals("sec-websocket-accept") { self = .secWebSocketAccept; return }
        case 21:
            if folded.equals("sec-websocket-version") { self = .secWebSocketVersion; return }
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

/// A name of 2 to 24 token bytes in lower case, as three words.
private struct FoldedName: BitwiseCopyable {
    /// The first eight bytes, or all of a shorter name.
    private let first: UInt64
    /// The bytes from 8 to 16 of a name of more than 16.
    private let middle: UInt64
    /// The last eight bytes of a name of at least 8.
    private let last: UInt64

    @inline(__always)
    init(_ name: Span<UInt8>) {
        // Setting bit 5 maps no other token byte onto a letter, a digit or `-`.
        let lower: UInt64 = 0x2020_2020_2020_2020
        let count = name.count
        if count < 8 {
            first = FoldedName.short(name)
            middle = 0
            last = 0
        } else {
            first = name.word(at: 0) | lower
            middle = count > 16 ? name.word(at: 8) | lower : 0
            last = name.word(at: count &- 8) | lower
        }
    }

    /// Whether the name is `text`, which has the name's length and is lower case. With a literal, the words that it
    /// is compared with are constants.
    @inline(__always)
    func equals(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        if count < 8 { return first == text.word(at: 0) }
        if first != text.word(at: 0) || last != text.word(at: count &- 8) { return false }
        return count <= 16 || middle == text.word(at: 8)
    }

    /// The bytes of a name of fewer than eight, with bit 5 set.
    @inline(__always)
    private static func short(_ name: Span<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<name.count { word |= UInt64(name[index] | 0x20) &<< UInt64(8 &* index) }
        return word
    }
}
