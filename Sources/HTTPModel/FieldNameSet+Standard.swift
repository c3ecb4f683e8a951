extension FieldNameSet {
    /// Fields that concern one connection alone (RFC 9110 section 7.6.1), `HTTP2-Settings` (RFC 7540), and the
    /// authentication towards forward proxies, of which this is none.
    ///
    /// `Proxy` is no field of HTTP at all; CGI programs take it for the address of a proxy to use, so it goes with
    /// them.
    @inlinable
    public static var hopByHop: FieldNameSet {
        FieldNameSet()
            .adding(.connection).adding(.keepAlive).adding(.proxyConnection).adding(.te)
            .adding(.transferEncoding).adding(.upgrade).adding(.http2Settings).adding(.proxy)
            .adding(.proxyAuthorization).adding(.proxyAuthenticate)
    }

    /// Fields that may stand once in a request. A recipient that takes the first and one that takes the last would
    /// understand two different requests. Host, Content-Length and Transfer-Encoding have reasons of their own.
    @inlinable
    public static var singletonsOfRequests: FieldNameSet {
        FieldNameSet()
            .adding(.host).adding(.contentLength).adding(.transferEncoding)
            .adding(.contentType).adding(.contentRange).adding(.authorization).adding(.proxyAuthorization)
            .adding(.range).adding(.ifRange).adding(.ifModifiedSince).adding(.ifUnmodifiedSince)
            .adding(.userAgent).adding(.referer).adding(.origin).adding(.maxForwards)
            .adding(.expect).adding(.upgrade).adding(.date)
            .adding(.secWebSocketKey).adding(.secWebSocketVersion)
    }

    /// Fields that may stand once in a response.
    @inlinable
    public static var singletonsOfResponses: FieldNameSet {
        FieldNameSet()
            .adding(.contentLength).adding(.transferEncoding).adding(.contentType).adding(.contentRange)
            .adding(.location).adding(.upgrade).adding(.secWebSocketAccept)
    }

    /// Fields that `Connection` must not nominate: without them the message would mean something else to the next
    /// recipient (RFC 9110 section 7.6.1).
    @inlinable
    public static var essential: FieldNameSet {
        FieldNameSet()
            .adding(.host).adding(.contentLength).adding(.transferEncoding)
            .adding(.contentType).adding(.contentEncoding).adding(.contentRange).adding(.range)
            .adding(.cookie).adding(.setCookie).adding(.authorization).adding(.wwwAuthenticate)
            .adding(.cacheControl).adding(.location).adding(.origin).adding(.expect)
            .adding(.ifMatch).adding(.ifNoneMatch).adding(.ifRange)
            .adding(.ifModifiedSince).adding(.ifUnmodifiedSince).adding(.maxForwards)
            .adding(.strictTransportSecurity).adding(.date).adding(.connection)
            .union(clientAddress).union(override).adding(.via)
    }

    /// Fields in which a proxy tells who the client is; anybody can send them.
    @inlinable
    public static var clientAddress: FieldNameSet {
        FieldNameSet()
            .adding(.forwarded).adding(.xForwardedFor).adding(.xForwardedProto).adding(.xForwardedHost)
            .adding(.xForwardedPort).adding(.xForwardedOther)
            .adding(.xRealIP).adding(.xClientIP).adding(.trueClientIP)
    }

    /// Fields that make some servers answer another path than that of the request line, which the policy matched.
    @inlinable
    public static var override: FieldNameSet {
        FieldNameSet().adding(.xOriginalURL).adding(.xRewriteURL)
    }

    /// Fields that must not stand in a trailer section: they frame, route, authenticate or describe the message
    /// (RFC 9110 section 6.5.1).
    @inlinable
    public static var forbiddenInTrailers: FieldNameSet {
        hopByHop.union(essential).adding(.trailer).adding(.age).adding(.expires).adding(.vary)
    }
}
