internal import Bytes

extension FieldName {
    /// The tag of `name`, which is made of token bytes alone.
    public init(recognising name: Span<UInt8>) { self = FieldName.recognise(name) }

    private static func recognise(_ name: Span<UInt8>) -> FieldName {
        // By length first: almost every name is then compared with one or two candidates, a word or two each.
        let folded = FoldedName(name)
        switch name.count {
        case 2:
            if folded.equals("te") { return .te }
        case 3:
            if folded.equals("via") { return .via }
            if folded.equals("age") { return .age }
        case 4:
            if folded.equals("host") { return .host }
            if folded.equals("date") { return .date }
            if folded.equals("vary") { return .vary }
            if folded.equals("etag") { return .etag }
        case 5:
            if folded.equals("proxy") { return .proxy }
            if folded.equals("range") { return .range }
        case 6:
            if folded.equals("expect") { return .expect }
            if folded.equals("cookie") { return .cookie }
            if folded.equals("accept") { return .accept }
            if folded.equals("origin") { return .origin }
            if folded.equals("server") { return .server }
        case 7:
            if folded.equals("trailer") { return .trailer }
            if folded.equals("upgrade") { return .upgrade }
            if folded.equals("referer") { return .referer }
            if folded.equals("expires") { return .expires }
        case 8:
            if folded.equals("if-match") { return .ifMatch }
            if folded.equals("if-range") { return .ifRange }
            if folded.equals("location") { return .location }
        case 9:
            if folded.equals("x-real-ip") { return .xRealIP }
            if folded.equals("forwarded") { return .forwarded }
        case 10:
            if folded.equals("connection") { return .connection }
            if folded.equals("keep-alive") { return .keepAlive }
            if folded.equals("set-cookie") { return .setCookie }
            if folded.equals("user-agent") { return .userAgent }
        case 11:
            if folded.equals("x-client-ip") { return .xClientIP }
        case 12:
            if folded.equals("content-type") { return .contentType }
            if folded.equals("max-forwards") { return .maxForwards }
        case 13:
            if folded.equals("x-rewrite-url") { return .xRewriteURL }
            if folded.equals("authorization") { return .authorization }
            if folded.equals("content-range") { return .contentRange }
            if folded.equals("if-none-match") { return .ifNoneMatch }
            if folded.equals("cache-control") { return .cacheControl }
            if folded.equals("last-modified") { return .lastModified }
        case 14:
            if folded.equals("content-length") { return .contentLength }
            if folded.equals("http2-settings") { return .http2Settings }
            if folded.equals("true-client-ip") { return .trueClientIP }
            if folded.equals("x-original-url") { return .xOriginalURL }
        case 15:
            if folded.equals("x-forwarded-for") { return .xForwardedFor }
            if folded.equals("accept-encoding") { return .acceptEncoding }
            if folded.equals("accept-language") { return .acceptLanguage }
        case 16:
            if folded.equals("proxy-connection") { return .proxyConnection }
            if folded.equals("x-forwarded-host") { return .xForwardedHost }
            if folded.equals("x-forwarded-port") { return .xForwardedPort }
            if folded.equals("www-authenticate") { return .wwwAuthenticate }
            if folded.equals("content-encoding") { return .contentEncoding }
        case 17:
            if folded.equals("transfer-encoding") { return .transferEncoding }
            if folded.equals("x-forwarded-proto") { return .xForwardedProto }
            if folded.equals("if-modified-since") { return .ifModifiedSince }
            if folded.equals("sec-websocket-key") { return .secWebSocketKey }
        case 18:
            if folded.equals("proxy-authenticate") { return .proxyAuthenticate }
        case 19:
            if folded.equals("proxy-authorization") { return .proxyAuthorization }
            if folded.equals("if-unmodified-since") { return .ifUnmodifiedSince }
        case 20:
            if folded.equals("sec-websocket-accept") { return .secWebSocketAccept }
        case 21:
            if folded.equals("sec-websocket-version") { return .secWebSocketVersion }
        case 25:
            if ASCII.tokenEquals(name, "strict-transport-security") { return .strictTransportSecurity }
        default: break
        }
        return isForwardedFamily(name) ? .xForwardedOther : .other
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
