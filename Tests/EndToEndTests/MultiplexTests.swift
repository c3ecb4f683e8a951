import Foundation
import Testing

@Suite("Requests of HTTP/2 are passed on, and their answers back", .appliance)
struct MultiplexTests {
    private var appliance: Appliance { get throws { try Appliance.multiplexing } }
    private var origin: Origin { get throws { try Origin.shared } }

    private func client(_ scheme: Appliance.Scheme) throws -> StreamClient {
        try scheme == .https ? appliance.streamClient() : appliance.plainStreamClient()
    }

    @Test("Each method reaches the server with its target and comes back", arguments: Appliance.Scheme.allCases)
    func methods(_ scheme: Appliance.Scheme) throws {
        let client = try client(scheme)
        var stream: UInt32 = 1
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "X-OWN"] {
            let path = "/h2-method/\(scheme)/\(method)"
            let response = try client.exchange(
                stream,
                Frames.request(stream, "\(path)?a=b%20c", method: method, scheme: "\(scheme)", ["user-agent: u"]))
            #expect(response.status == 200 && response.text == "hello\n" && response.isComplete)
            #expect(response["content-length"] == "6" && response["via"] == "1.1 masugata")
            #expect(response["connection"] == nil && response["transfer-encoding"] == nil)
            #expect(try origin.head(path).hasPrefix("\(method) \(path)?a=b%20c HTTP/1.1\r\nHost: a.example.test\r\n"))
            #expect(try origin.field("via", path) == "2 masugata")
            let record = try appliance.record(path)
            #expect(record.method == method && record.action == "allow" && record.reason == "")
            #expect(record.site == "a.example.test" && record.route == "/*" && record.version == "2")
            #expect(record.query == "a=b%20c" && record.status == 200 && record.client == "127.0.0.1")
            #expect(record.tls == (scheme == .http ? "" : "1.3") && record.userAgent == "u")
            #expect(record.bytesIn > 20 && record.bytesOut > 20)
            stream += 2
        }
        #expect(try appliance.accessLine("GET /h2-method/\(scheme)/GET?").contains(" HTTP/2.0\" 200 "))
    }

    @Test("Streams are answered as their servers answer, not as they came")
    func concurrency() throws {
        try origin.answer("/h2-slow", [.wait("h2-slow"), .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")])
        let client = try client(.https)
        try client.send(Frames.request(1, "/h2-slow") + Frames.request(3, "/h2-fast"))
        #expect(try client.response(3).text == "hello\n")
        #expect(client.streams[1] == nil)
        try origin.open("h2-slow")
        #expect(try client.response(1).text == "slow")
    }

    @Test("HEAD, 204 and 304 have no body, whatever length they tell")
    func bodiless() throws {
        try origin.answer("/h2-head", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n")
        try origin.answer("/h2-204", "HTTP/1.1 204 No Content\r\n\r\n")
        try origin.answer("/h2-304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n")
        let client = try client(.https)
        let head = try client.exchange(1, Frames.request(1, "/h2-head", method: "HEAD"))
        #expect(head.status == 200 && head["content-length"] == "1234" && head["etag"] == "\"x\"" && head.body == [])
        let empty = try client.exchange(3, Frames.request(3, "/h2-204"))
        #expect(empty.status == 204 && empty.body == [] && empty.isComplete)
        let unmodified = try client.exchange(5, Frames.request(5, "/h2-304"))
        #expect(unmodified.status == 304 && unmodified["content-length"] == "99" && unmodified.isComplete)
    }

    @Test("Interim responses are passed on in order; a 100 of the server is not")
    func interim() throws {
        try origin.answer(
            "/h2-interim",
            """
            HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n\
            HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
            """)
        let response = try client(.https).exchange(1, Frames.request(1, "/h2-interim"))
        #expect(response.sections.count == 2 && response.text == "ok")
        #expect(response.sections[0] == [":status: 103", "link: </a.css>; rel=preload", "via: 1.1 masugata"])
    }

    @Test("A body of unknown length ends with its stream, however the server ends it", arguments: ["chunked", "close"])
    func unknownLength(_ framing: String) throws {
        let path = "/h2-unknown/\(framing)"
        try origin.answer(
            path,
            framing == "chunked"
                ? [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")]
                : [.send("HTTP/1.1 200 OK\r\n\r\nabcdefg"), .close])
        let response = try client(.https).exchange(1, Frames.request(1, path))
        #expect(response.text == "abcdefg" && response.isComplete && response.resetCode == nil)
        #expect(response["content-length"] == nil && response["transfer-encoding"] == nil)
    }

    @Test("Trailer fields of the server become a trailer section")
    func responseTrailers() throws {
        try origin.answer(
            "/h2-trailers",
            """
            HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Grpc-Status\r\n\r\n\
            3\r\nabc\r\n0\r\nGrpc-Status: 0\r\nGrpc-Message: fine\r\n\r\n
            """)
        let response = try client(.https).exchange(1, Frames.request(1, "/h2-trailers"))
        #expect(response.text == "abc" && response.isComplete)
        #expect(response.sections.last == ["grpc-status: 0", "grpc-message: fine"])
    }

    @Test("A response that breaks off ends with RST_STREAM, and the connection goes on", arguments: ["close", "reset"])
    func brokenResponse(_ kind: String) throws {
        let path = "/h2-broken/\(kind)"
        try origin.answer(
            path,
            [
                .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"), .wait(path.replacingOccurrences(of: "/", with: "-")),
                kind == "close" ? .close : .reset,
            ])
        let client = try client(.https)
        try client.send(Frames.request(1, path))
        try client.wait { $0.streams[1]?.body.count == 3 }
        try origin.open(path.replacingOccurrences(of: "/", with: "-"))
        let response = try client.response(1)
        #expect(response.status == 200 && response.resetCode == 2 && !response.isComplete)
        #expect(try client.exchange(3, Frames.request(3, "/h2-after-broken")).text == "hello\n")
        #expect(try appliance.record(path).reason == "upstream.response.truncated")
    }

    @Test("A fixed answer and a refusal are answers of HTTP/2 as well")
    func ownAnswers() throws {
        let client = try client(.https)
        let fixed = try client.exchange(1, Frames.request(1, "/fixed"))
        #expect(fixed.status == 200 && fixed.text == "fixed\n" && fixed["connection"] == nil)
        let refused = try client.exchange(3, Frames.request(3, "/read/h2", method: "DELETE"))
        #expect(refused.status == 405 && refused["allow"] == "GET, HEAD" || refused["allow"] == "GET")
        #expect(refused.isComplete && refused.resetCode == nil)
        #expect(try appliance.record(of: refused.response).reason == "route.method")
    }

    @Test("Several authorities are served on one connection, but not others than the TLS name's")
    func authorities() throws {
        let client = try client(.https)
        let other = try client.exchange(1, Frames.request(1, "/h2-421", authority: "b.example.test"))
        #expect(other.status == 421)
        #expect(try appliance.record(of: other.response).reason == "sni.mismatch")
        let plain = try appliance.plainStreamClient()
        for (index, name) in ["a.example.test", "b.example.test", "c.example.test"].enumerated() {
            let stream = UInt32(2 * index + 1)
            let frames = Frames.request(stream, "/h2-authority/\(name)", scheme: "http", authority: name)
            #expect(try plain.exchange(stream, frames).status == (name == "c.example.test" ? 421 : 200))
        }
        #expect(try appliance.record("/h2-authority/b.example.test").site == "b.example.test")
    }

    @Test(
        "A malformed head is recorded and answered 400, its stream is reset, and the server sees nothing of it",
        arguments: [
            ["host: b.example.test"], ["Upper: a"], ["connection: close"], ["transfer-encoding: chunked"],
            ["te: gzip"], ["a: b\u{0}c"], ["content-length: 1", "content-length: 2"], [":late: x"],
        ])
    func malformed(_ fields: [String]) throws {
        let client = try client(.https)
        let path = "/h2-malformed/\(fields[0].unicodeScalars.map { String($0.value) }.joined(separator: "-"))"
        let response = try client.exchange(1, Frames.request(1, path, fields))
        #expect(response.status == 400)
        #expect(try client.exchange(3, Frames.request(3, "/h2-after-malformed")).text == "hello\n")
        #expect(client.streams[1]?.resetCode == 1)
        let record = try appliance.record(of: response.response)
        #expect(record.status == 400 && record.action == "deny" && record.version == "2")
        #expect(try origin.events(at: path).isEmpty)
    }

    @Test("Crumbs of a cookie are one field")
    func cookies() throws {
        let frames = Frames.request(1, "/h2-cookies", ["cookie: a=1", "x: y", "cookie: b=2"])
        #expect(try client(.https).exchange(1, frames).status == 200)
        #expect(try origin.field("cookie", "/h2-cookies") == "a=1; b=2")
    }

    @Test("HTTP/2 is not spoken where the policy does not say so")
    func unspoken() throws {
        let other = try Appliance.standard
        let plain = try Client(port: other.http)
        try plain.send(Frames.opening())
        #expect(String(decoding: try plain.rest().bytes, as: UTF8.self).hasPrefix("HTTP/1.1 "))
        let off = try Appliance(
            "pool app { server \"127.0.0.1:\(origin.port)\" }  site \"a.example.test\" { route \"/*\" { to = app } }",
            listen: "http2 = off")
        let client = try Client(tls: off.https, name: "a.example.test", protocols: ["h2"])
        #expect(throws: (any Error).self) { try client.some() }
    }

    @Test("Where HTTP/2 may be spoken without TLS, so may HTTP/1.1", arguments: [1, 4, 30])
    func eitherVersion(_ first: Int) throws {
        let client = try Client(port: appliance.http)
        let request = "GET /h1-beside-h2/\(first) HTTP/1.1\r\nHost: a.example.test\r\n\r\n"
        try client.send(String(request.prefix(first)))
        usleep(20_000)
        try client.send(String(request.dropFirst(first)))
        #expect(try client.response().text == "hello\n")
        #expect(try client.exchange("PUT /h1-beside-h2 HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 200)
    }

    @Test("HTTP/1.1 never changes to HTTP/2, and the server is not asked to")
    func upgrade() throws {
        let client = try appliance.client()
        let fields = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
        let response = try client.exchange("GET /h2c HTTP/1.1\r\nHost: a.example.test\r\n\(fields)\r\n")
        #expect(response.status == 200 && response.text == "hello\n")
        #expect(try origin.field("upgrade", "/h2c") == nil)
        #expect(try origin.field("http2-settings", "/h2c") == nil)
    }
}
