import Bytes
import HPACK
import Testing

@testable import HTTP2

/// Weaknesses of other products in HTTP/2, each test by the number of its CVE. Those of HTTP/1 stand in
/// `Tests/PublishedAttacks`.
@Suite("Published weaknesses of others: HTTP/2")
struct PublishedAttackTests {
    private func event(_ fields: [String], ends: Bool = true) -> String? {
        var server = Endpoint()
        server.receive(Wire.headers(1, fields, ends: ends))
        return server.events.last
    }

    private func get(
        method: String = "GET", scheme: String = "https", authority: String = "example.com", path: String = "/",
        _ fields: String...
    ) -> [String] {
        [":method: \(method)", ":scheme: \(scheme)", ":authority: \(authority)", ":path: \(path)"] + fields
    }

    /// Whether the server has had enough of `frames` before they came `times` times.
    private func isStopped(
        _ prepare: [UInt8] = [], times: UInt32 = 1_001, _ frames: (UInt32) -> [UInt8]
    ) -> Bool {
        var server = Endpoint()
        server.receive(prepare)
        for round in 0..<times where !server.connection.hasFailed { server.receive(frames(round)) }
        return server.events.last == "failed 11 connection.excess"
    }

    // MARK: Injection into HTTP/1.1

    @Test("CVE-2019-19330 (HAProxy): CR, LF and NUL in values", arguments: ["\r", "\n", "\0", "\r\nx: y", "\r\n\r\n"])
    func haproxyControls(_ text: String) {
        #expect(event(get("a: b\(text)c")) == "malformed 1 request.field.value")
        #expect(event(get("a: \(text)")) == "malformed 1 request.field.value")
        #expect(event(get("a\(text): b"))?.hasPrefix("malformed 1 request.field.") == true)
    }

    @Test("CVE-2021-33193 (Apache httpd): a method that is no token splits the request")
    func apacheMethod() {
        #expect(event(get(method: "GET / HTTP/1.1\r\nx: y\r\n\r\nGET")) == "malformed 1 request.method")
        #expect(event(get(method: "GET /admin")) == "malformed 1 request.method")
    }

    @Test("CVE-2021-36740 (Varnish): more data than Content-Length says is the next request")
    func varnishLength() {
        for (length, body) in [("1", "xGET /admin HTTP/1.1"), ("100", "x")] {
            var server = Endpoint()
            server.receive(Wire.headers(1, Wire.post + ["content-length: \(length)"], ends: false))
            server.receive(Wire.data(1, body, ends: true))
            #expect(server.events.last == "reset 1 1 request.body.length")
        }
    }

    @Test("CVE-2021-39240 (HAProxy): a scheme and a path that hold a part of another target")
    func haproxySchemeAndPath() {
        #expect(event(get(scheme: "https://localhost/?")) == "malformed 1 request.target.scheme")
        #expect(event(get(path: "admin")) == "malformed 1 request.target")
        #expect(event(get(path: "@localhost/")) == "malformed 1 request.target")
    }

    @Test("CVE-2021-39241 (HAProxy): a method with a blank and a target")
    func haproxyMethod() {
        #expect(event(get(method: "GET /admin? HTTP/1.1")) == "malformed 1 request.method")
    }

    @Test("CVE-2021-39242 (HAProxy): :authority and host that differ")
    func haproxyAuthority() {
        #expect(event(get("host: localhost")) == "malformed 1 request.target.authority")
    }

    @Test("CVE-2022-45060 (Varnish): pseudo-fields with characters that HTTP/1.1 does not have there")
    func varnishPseudoFields() {
        #expect(event(get(path: "/ HTTP/1.1\r\nHost: x")) == "malformed 1 request.target")
        #expect(event(get(path: "/\t")) == "malformed 1 request.target")
        #expect(event(get(authority: "example.com x")) == "malformed 1 request.host.invalid")
        #expect(event(get(method: "GET\0")) == "malformed 1 request.method")
    }

    @Test("CVE-2023-27491 (Envoy): a request line that HTTP/1.1 does not allow")
    func envoyRequestLine() {
        #expect(event(get(path: "/a b")) == "malformed 1 request.target")
        #expect(event(get(method: "")) == "malformed 1 request.method")
        #expect(event(get(path: "")) == "malformed 1 request.target")
    }

    @Test("CVE-2023-25725 (HAProxy): an empty name ends the list of fields")
    func haproxyEmptyName() {
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 5, stream: 1, block(Wire.get) + [0, 0, 1, 0x78] + block(["a: b"])))
        #expect(server.events == ["malformed 1 request.field.name"])
    }

    // MARK: Floods

    @Test("CVE-2019-9511, data dribble: windows that grow by a byte")
    func dataDribble() {
        var server = Endpoint()
        server.receive(Wire.settings([(4, 0)]) + Wire.headers(1))
        server.releases = false
        server.respond(1, body: "", trailers: nil)
        for _ in 0..<1_001 where !server.connection.hasFailed { server.receive(Wire.windowUpdate(1, 1)) }
        #expect(server.events.last == "failed 11 connection.excess")
    }

    @Test("CVE-2019-9512, PING flood") func pingFlood() { #expect(isStopped { _ in Wire.ping() }) }

    @Test("CVE-2019-9513, resource loop: priorities that change all the time")
    func resourceLoop() {
        #expect(isStopped { Wire.frame(2, stream: $0 % 100 * 2 + 1, [0, 0, 0, UInt8($0 % 7), 1]) })
    }

    @Test("CVE-2019-9514, reset flood: requests that we have to reset")
    func resetFlood() { #expect(isStopped { Wire.headers($0 * 2 + 1, Wire.get + ["A: b"]) }) }

    @Test("CVE-2019-9515, SETTINGS flood") func settingsFlood() { #expect(isStopped { _ in Wire.settings() }) }

    @Test("CVE-2019-9516, empty names and values: nothing of them is kept")
    func emptyFields() {
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 5, stream: 1, block(Wire.get) + Array(repeating: [0, 0, 0], count: 90).joined()))
        #expect(server.events == ["malformed 1 request.field.name"])
        #expect(server.connection.streamCount == 0)
        server.receive(
            Wire.frame(1, flags: 5, stream: 3, block(Wire.get) + Array(repeating: [0, 0, 0], count: 2_000).joined()))
        #expect(server.events.last == "malformed 3 request.head.size")
    }

    @Test("CVE-2019-9517, internal buffering: where the output takes nothing, nothing is made for it")
    func internalBuffering() {
        var server = Endpoint()
        var none: [UInt8] = []
        var writer = ByteWriter(none.mutableSpan)
        let input = Wire.ping() + Wire.ping()
        let event = server.connection.next(in: input.span, from: 0, workspace: &server.workspace, to: &writer)
        #expect(event == .needOutput(consumed: 0))
    }

    @Test("CVE-2019-9518, empty frames flood")
    func emptyFrames() {
        #expect(isStopped(Wire.headers(1, Wire.post, ends: false)) { _ in Wire.data(1, "") })
        #expect(isStopped(Wire.frame(1, flags: 1, stream: 1)) { _ in Wire.continuation(1, [], ends: false) })
    }

    @Test("CVE-2020-12603 (Envoy): data in frames of a byte takes no memory")
    func smallData() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false))
        for _ in 0..<20_000 { server.receive(Wire.data(1, "x")) }
        #expect(!server.connection.hasFailed && server.connection.streamCount == 1)
    }

    @Test("CVE-2023-44487, rapid reset")
    func rapidReset() { #expect(isStopped { Wire.headers($0 * 2 + 1) + Wire.reset($0 * 2 + 1) }) }

    @Test("CVE-2023-45802 (Apache httpd): what a stream held that was reset is free at once")
    func resetMemory() {
        var server = Endpoint()
        for round in 0..<150 as Range<UInt32> {
            server.receive(Wire.headers(round * 2 + 1) + Wire.reset(round * 2 + 1))
            #expect(server.connection.streamCount == 0)
        }
    }

    @Test("CVE-2024-27316 (Apache httpd), CVE-2024-27919 and CVE-2024-30255 (Envoy): CONTINUATION without end")
    func continuation() {
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 1, stream: 1, block(Wire.get)))
        for round in 0..<100 as Range<UInt32> where !server.connection.hasFailed {
            server.receive(Wire.continuation(1, block(["a\(round): b"]), ends: false))
        }
        #expect(server.events == ["failed 11 connection.excess"])
    }

    @Test("CVE-2024-27983 (Node): a connection that ends within CONTINUATION")
    func halfContinuation() {
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 1, stream: 1, block(Wire.get)) + Wire.continuation(1, [0], ends: false))
        server.write { $0.abort(.noError, .clientClosed, to: &$1) }
        #expect(server.connection.hasFailed && server.events == [] && server.connection.streamCount == 0)
    }

    @Test("CVE-2024-30156 (Varnish), broke window: a window that never opens holds no more than a stream")
    func brokeWindow() {
        var server = Endpoint()
        server.receive(Wire.settings([(4, 0)]))
        for stream in 0..<100 as Range<UInt32> { server.receive(Wire.headers(stream * 2 + 1)) }
        #expect(server.connection.streamCount == 100)
        for stream in server.streams.values {
            let sendable = server.connection.sendable(stream, 1_000)
            #expect(sendable == 0)
        }
        server.receive(Wire.headers(201))
        #expect(server.connection.streamCount == 100 && server.frames.contains("RST_STREAM 201 7"))
    }

    @Test("CVE-2025-8671, MadeYouReset")
    func madeYouReset() {
        #expect(isStopped { Wire.headers($0 * 2 + 1) + Wire.windowUpdate($0 * 2 + 1, 0) })
        #expect(isStopped { Wire.headers($0 * 2 + 1) + Wire.data($0 * 2 + 1, "x") })
    }

    // MARK: Memory

    @Test("CVE-2020-11100 (HAProxy): insertions of every size, again and again, stay within the table")
    func table() {
        var server = Endpoint()
        for round in 0..<400 as Range<UInt32> {
            let value = [UInt8](repeating: 0x61 + UInt8(round % 26), count: Int(round * 37 % 2_000))
            let entry: [UInt8] = [0x40, 1, 0x62] + length(value.count) + value
            server.receive(Wire.frame(1, flags: 5, stream: round * 2 + 1, block(Wire.get) + entry + [0xbe]))
            server.respond(round * 2 + 1, body: "x")
            let field = "b: " + text(value.span)
            let isKept = value.count + 33 <= 4_096
            #expect(server.events.last == "head \(round * 2 + 1) end GET example.com /|\(field)|\(field)" && isKept)
        }
    }

    @Test("CVE-2023-35945 (Envoy): RST_STREAM and GOAWAY at once leave nothing behind")
    func resetAndGoAway() {
        var client = Endpoint(role: .client)
        client.receive(Wire.settings())
        var opened = 0
        while opened < 10, let stream = client.connection.open(isHead: false) {
            client.streams[stream.identifier] = stream
            client.connection.beginFields(&client.workspace)
            client.add(Wire.get)
            client.send(stream, ends: true)
            opened += 1
        }
        var frames: [UInt8] = []
        for index in 0..<UInt32(opened) { frames += Wire.reset(index * 2 + 1, 7) }
        client.receive(frames + Wire.frame(7, stream: 0, network(0) + network(0)))
        #expect(opened == 10 && client.connection.streamCount == 0)
    }
}
