import Bytes
import HTTP1
import HTTPModel
import Testing

@Suite("Responses")
struct ResponseTests {
    private func parse(
        _ text: String, to method: HTTPModel.Method = .get, limits: HeadLimits = HeadLimits(),
        into head: inout ResponseHead
    ) -> ResponseOutcome {
        ResponseParser.parse(latin(text).span, requestMethod: method, limits: limits, into: &head)
    }

    private func reason(_ text: String, to method: HTTPModel.Method = .get, limits: HeadLimits = HeadLimits())
        -> Reason?
    {
        var head = ResponseHead(limits: limits)
        if case .malformed(let reason) = parse(text, to: method, limits: limits, into: &head) { return reason }
        return nil
    }

    private func serialise(
        _ head: borrowing ResponseHead, framing: MessageFraming? = nil,
        connection: ResponseSerializer.Connection = .keepAlive, minor: UInt8 = 1, pseudonym: String = ""
    ) -> String {
        var output = [UInt8](repeating: 0, count: 10_000)
        let pseudonym = Array(pseudonym.utf8)
        var writer = ByteWriter(output.mutableSpan)
        let framing = framing ?? ResponseSerializer.framing(of: head, clientMinorVersion: minor)
        ResponseSerializer.write(
            head, framing: framing, connection: framing == .untilClose ? .close : connection,
            clientMinorVersion: minor, pseudonym: pseudonym.span, to: &writer)
        let count = writer.count
        return text(output.span.extracting(0..<count))
    }

    @Test("a usual response is read and written afresh without what concerns one connection")
    func usual() {
        var head = ResponseHead(limits: HeadLimits())
        let text =
            "HTTP/1.1 200 OK\r\nServer: origin\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\n"
            + "Content-Type:text/plain\r\nContent-Length: 5\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n"
        #expect(parse(text, into: &head) == .complete)
        #expect(head.status == 200 && !head.wantsClose && head.framing == .length(5) && head.contentLength == 5)
        #expect(
            serialise(head, pseudonym: "masugata")
                == "HTTP/1.1 200 OK\r\nServer: origin\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n"
                + "Via: 1.1 masugata\r\nContent-Length: 5\r\n\r\n")
        #expect(serialise(head, connection: .close).hasSuffix("Content-Length: 5\r\nConnection: close\r\n\r\n"))
        #expect(serialise(head, minor: 0).hasSuffix("Content-Length: 5\r\nConnection: keep-alive\r\n\r\n"))
    }

    @Test(
        "the body's framing follows method, status and fields (RFC 9112 section 6.3)",
        arguments: [
            (HTTPModel.Method.get, "200 OK", "Content-Length: 5", MessageFraming.length(5)),
            (.get, "200 OK", "Transfer-Encoding: Chunked", .chunked),
            (.get, "200 OK", "", .untilClose), (.head, "200 OK", "Content-Length: 5", .none),
            (.head, "200 OK", "Transfer-Encoding: chunked", .none), (.head, "200 OK", "", .none),
            (.get, "304 Not Modified", "Content-Length: 5", .none), (.get, "304 Not Modified", "", .none),
            (.get, "204 No Content", "", .none), (.get, "204 No Content", "Content-Length: 0", .none),
            (.get, "100 Continue", "", .none), (.get, "103 Early Hints", "Link: a", .none),
            (.get, "101 Switching Protocols", "Upgrade: websocket", .none),
            (.post, "404 Not Found", "Content-Length: 0", .length(0)),
            (.get, "205 Reset Content", "Content-Length: 0", .length(0)),
        ] as [(HTTPModel.Method, String, String, MessageFraming)])
    func framing(method: HTTPModel.Method, status: String, field: String, expected: MessageFraming) {
        var head = ResponseHead(limits: HeadLimits())
        let outcome = parse("HTTP/1.1 \(status)\r\n\(field.isEmpty ? "" : field + "\r\n")\r\n", to: method, into: &head)
        #expect(outcome == .complete)
        #expect(head.framing == expected)
        #expect(head.wantsClose == (expected == .untilClose))
    }

    @Test("a body of unknown length is chunked for HTTP/1.1 and ends with the connection for HTTP/1.0")
    func clientFraming() {
        var head = ResponseHead(limits: HeadLimits())
        for field in ["Transfer-Encoding: chunked\r\nTrailer: X\r\n", ""] {
            #expect(parse("HTTP/1.1 200 OK\r\n\(field)\r\n", into: &head) == .complete)
            #expect(serialise(head).hasSuffix("Transfer-Encoding: chunked\r\n\r\n"))
            #expect(serialise(head).contains("Trailer: X") == !field.isEmpty)
            #expect(serialise(head, minor: 0) == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        }
    }

    @Test("answers without a body keep their length where they may have one")
    func lengthWithoutBody() {
        var head = ResponseHead(limits: HeadLimits())
        #expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", to: .head, into: &head) == .complete)
        #expect(serialise(head) == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        #expect(parse("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", into: &head) == .complete)
        #expect(serialise(head) == "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")
        #expect(parse("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", into: &head) == .complete)
        #expect(serialise(head) == "HTTP/1.1 204 No Content\r\n\r\n")
    }

    @Test("interim and switching responses are written as such")
    func interim() {
        var head = ResponseHead(limits: HeadLimits())
        #expect(parse("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n", into: &head) == .complete)
        #expect(head.isInterim == true)
        #expect(serialise(head, connection: .close) == "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n")
        let switching = "HTTP/1.1 101 \r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n"
        #expect(parse(switching, into: &head) == .complete)
        #expect(!head.isInterim && head.upgrade != nil)
        #expect(
            serialise(head, connection: .upgrade)
                == "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\nConnection: upgrade\r\n"
                + "Upgrade: websocket\r\n\r\n")
    }

    @Test(
        "persistence of the upstream's connection follows RFC 9112 section 9.3",
        arguments: [
            ("HTTP/1.1", "", false), ("HTTP/1.1", "close", true), ("HTTP/1.0", "", true),
            ("HTTP/1.0", "keep-alive", false),
            ("HTTP/1.1", "keep-alive, close", true),
        ])
    func persistence(version: String, connection: String, closes: Bool) {
        var head = ResponseHead(limits: HeadLimits())
        let field = connection.isEmpty ? "" : "Connection: \(connection)\r\n"
        #expect(parse("\(version) 200 OK\r\nContent-Length: 0\r\n\(field)\r\n", into: &head) == .complete)
        #expect(head.wantsClose == closes)
    }

    @Test(
        "that are malformed are refused",
        arguments: [
            ("", Reason.upstreamResponseHead), ("HTTP/1.1", .upstreamResponseHead),
            ("HTTP/1.1 200\r\n\r\n", .upstreamResponseHead),
            ("HTTP/1.1  200 OK\r\n\r\n", .upstreamResponseHead), ("HTTP/1.1 200OK\r\n\r\n", .upstreamResponseHead),
            ("http/1.1 200 OK\r\n\r\n", .upstreamResponseHead), ("ICY 200 OK yes it is\r\n\r\n", .upstreamResponseHead),
            ("HTTP/2.0 200 OK\r\n\r\n", .upstreamResponseVersion),
            ("HTTP/1.2 200 OK\r\n\r\n", .upstreamResponseVersion),
            ("HTTP/0.9 200 OK\r\n\r\n", .upstreamResponseVersion),
            ("HTTP/1.x 200 OK\r\n\r\n", .upstreamResponseVersion),
            ("HTTP/1.1 099 OK\r\n\r\n", .upstreamResponseStatus), ("HTTP/1.1 600 OK\r\n\r\n", .upstreamResponseStatus),
            ("HTTP/1.1 2x0 OK\r\n\r\n", .upstreamResponseStatus), ("HTTP/1.1 -20 OK\r\n\r\n", .upstreamResponseStatus),
            ("HTTP/1.1 200 O\u{0}K\r\n\r\n", .upstreamResponseHead), ("HTTP/1.1 200 OK\n\r\n", .upstreamResponseHead),
            ("HTTP/1.1 200 O\rK\r\n\r\n", .upstreamResponseHead),
            ("HTTP/1.1 200 OK\r\nA: b\r\n", .upstreamResponseHead),
            ("HTTP/1.1 200 OK\r\nA: b\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\n A: b\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nA: \u{0}\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nA\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nLocation: a\r\nLocation: b\r\n\r\n", .upstreamResponseField),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .upstreamResponseFraming),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                .upstreamResponseFraming
            ),
            ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n", .upstreamResponseFraming),
            ("HTTP/1.1 200 OK\r\nConnection: Set-Cookie\r\n\r\n", .upstreamResponseConnection),
            ("HTTP/1.1 200 OK\r\nConnection: a b\r\n\r\n", .upstreamResponseConnection),
        ] as [(String, Reason)])
    func malformed(text: String, expected: Reason) {
        #expect(reason(text) == expected)
    }

    @Test("have limits, and one less is accepted")
    func limits() {
        func long(_ count: Int) -> String { String(repeating: "a", count: count) }
        #expect(reason("HTTP/1.1 200 \(long(512))\r\n\r\n") == nil)
        #expect(reason("HTTP/1.1 200 \(long(513))\r\n\r\n") == .upstreamResponseSize)
        #expect(reason("HTTP/1.1 200 OK\r\nA: \(long(16_384))\r\n\r\n") == nil)
        #expect(reason("HTTP/1.1 200 OK\r\nA: \(long(16_385))\r\n\r\n") == .upstreamResponseSize)
        #expect(reason("HTTP/1.1 200 OK\r\nA: \(long(24_576))\r\n\r\n") == .upstreamResponseSize)
        #expect(reason("HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 100))\r\n") == nil)
        #expect(reason("HTTP/1.1 200 OK\r\n\(String(repeating: "A: b\r\n", count: 101))\r\n") == .upstreamResponseSize)
    }
}

@Suite("Error pages")
struct ErrorPageTests {
    private struct Page {
        var head: [String] = []
        var body = ""
    }

    private func page(_ reason: Reason, _ change: (inout ErrorPage) -> Void = { _ in }) -> Page {
        let reference = Array("01J-ABC".utf8)
        var output = [UInt8](repeating: 0, count: 4_000)
        var writer = ByteWriter(output.mutableSpan)
        var page = ErrorPage(reason: reason, reference: reference.span)
        change(&page)
        page.write(to: &writer)
        let count = writer.count
        let parts = text(output.span.extracting(0..<count)).split(
            separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        return Page(head: parts[0].split(separator: "\r\n").map(String.init), body: String(parts[1]))
    }

    @Test(
        "tell status, reason and reference, their true length, and nothing about the product",
        arguments: Reason.allCases)
    func everyReason(reason: Reason) {
        for isJSON in [false, true] {
            let page = page(reason) { $0.isJSON = isJSON }
            #expect(page.head.first == "HTTP/1.1 \(reason.status) \(StatusText.phrase(of: reason.status))")
            #expect(page.head.contains("Content-Length: \(page.body.utf8.count)"))
            #expect(page.head.contains("Cache-Control: no-store"))
            #expect(page.head.contains("X-Content-Type-Options: nosniff"))
            #expect(page.head.contains("Connection: close"))
            #expect(page.body.contains(reason.code.description))
            #expect(page.body.contains("01J-ABC"))
            #expect(!(page.head.joined() + page.body).lowercased().contains("masugata"))
        }
    }

    @Test("are JSON where asked")
    func json() {
        let page = page(.routeNone) { $0.isJSON = true }
        #expect(page.head.contains("Content-Type: application/json"))
        #expect(
            page.body
                == "{\"status\":404,\"reason\":\"route.none\",\"message\":\"There is nothing at this path.\","
                + "\"reference\":\"01J-ABC\"}\n")
    }

    @Test("have no body for HEAD, but its length")
    func head() {
        let whole = page(.routeNone)
        let head = page(.routeNone) { $0.omitsBody = true }
        #expect(head.body.isEmpty)
        #expect(head.head == whole.head)
    }

    @Test("name the methods with 405, a time with Retry-After, and what becomes of the connection")
    func optionalFields() {
        let allow = Array("GET, HEAD".utf8)
        let date = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)
        var output = [UInt8](repeating: 0, count: 4_000)
        var writer = ByteWriter(output.mutableSpan)
        var page = ErrorPage(reason: .routeMethod, reference: allow.span.extracting(0..<0))
        page.allow = allow.span
        page.date = date.span
        page.retryAfter = 30
        page.connection = .keepAlive
        page.clientMinorVersion = 0
        page.write(to: &writer)
        let count = writer.count
        let lines = text(output.span.extracting(0..<count)).split(separator: "\r\n")
        #expect(lines.contains("Allow: GET, HEAD"))
        #expect(lines.contains("Date: Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(lines.contains("Retry-After: 30"))
        #expect(lines.contains("Connection: keep-alive"))
    }
}
