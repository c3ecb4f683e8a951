import HTTPModel
import Testing

@testable import HTTP2

@Suite("The client's end, against our own server and against others")
struct ClientTests {
    /// A client with a request on stream 1, whose server has said hello.
    private func client(isHead: Bool = false, ends: Bool = true) -> Endpoint {
        var client = Endpoint(role: .client)
        client.receive(Wire.settings() + Wire.frame(4, flags: 1, stream: 0))
        open(&client, isHead: isHead, ends: ends)
        client.frames = []
        return client
    }

    private func open(
        _ client: inout Endpoint, _ fields: [String] = Wire.get, isHead: Bool = false, ends: Bool = true
    ) {
        guard let stream = client.connection.open(isHead: isHead) else { return }
        client.streams[stream.identifier] = stream
        client.connection.beginFields(&client.workspace)
        client.add(fields)
        client.send(stream, ends: ends)
    }

    private func carry(_ from: inout Endpoint, _ to: inout Endpoint) {
        to.receive(from.sent)
        from.sent = []
    }

    @Test("a call of gRPC passes: a request and a response with bodies and trailers")
    func call() {
        var client = Endpoint(role: .client)
        var server = Endpoint(isOpen: false)
        #expect(client.frames == ["SETTINGS 1=4096 2=0 4=65535 5=16384 6=24576 9=1", "WINDOW_UPDATE 0 196609"])
        open(&client, Wire.post + ["te: trailers", "content-type: application/grpc"], ends: false)
        let stream = client.streams[1]!
        #expect(client.write { $0.sendData(stream, latin("ping").span, endsStream: true, to: &$1) } == 4)
        carry(&client, &server)
        carry(&server, &client)
        #expect(
            server.events == [
                "head 1 POST example.com /form|te: trailers|content-type: application/grpc", "data 1 ping end",
            ])
        server.respond(1, fields: ["content-type: application/grpc"], body: "pong", trailers: ["grpc-status: 0"])
        carry(&server, &client)
        #expect(
            client.events == ["head 1 200|content-type: application/grpc", "data 1 pong", "trailers 1 grpc-status: 0"])
        client.connection.release(stream)
        #expect(client.connection.streamCount == 0)
        carry(&client, &server)
        #expect(server.connection.hasFailed == false)
        #expect(server.connection.awaitsAcknowledgement == false)
    }

    @Test("interim responses come before the final one; 101 and an interim response that ends the stream do not exist")
    func interim() {
        var client = client()
        client.receive(Wire.headers(1, [":status: 103", "link: x"], ends: false) + Wire.headers(1, [":status: 204"]))
        #expect(client.events == ["head 1 103|link: x", "head 1 end 204"])
        for frame in [Wire.headers(1, [":status: 101"], ends: false), Wire.headers(1, [":status: 103"])] {
            var other = self.client()
            other.receive(frame)
            #expect(other.events == ["reset 1 1 upstream.response.status"])
        }
    }

    @Test(
        "RFC 9113 8.1.1: malformed responses are an error of the stream",
        arguments: [
            ([], "head"), (["a: b"], "head"), ([":status: 20"], "status"), ([":status: 2000"], "status"),
            ([":status: 600"], "status"), ([":status: 200", ":status: 200"], "head"),
            ([":status: 200", "A: b"], "field"),
            ([":status: 200", "connection: close"], "connection"), ([":status: 200", "a: b\r\nc: d"], "field"),
            ([":status: 200", "content-length: 5"], "framing"),
            ([":status: 200", "content-length: 0", "content-length: 0"], "framing"),
            ([":status: 200", ":path: /"], "head"),
        ] as [([String], String)])
    func malformed(fields: [String], what: String) {
        var client = client()
        client.receive(Wire.headers(1, fields))
        #expect(client.events == ["reset 1 1 upstream.response.\(what)"])
        #expect(client.frames == ["RST_STREAM 1 1"])
    }

    @Test("a body that is not as long as content-length says; one to HEAD, which has none")
    func bodyLength() {
        var short = client()
        short.receive(
            Wire.headers(1, [":status: 200", "content-length: 5"], ends: false) + Wire.data(1, "hell", ends: true))
        #expect(short.events.last == "reset 1 1 upstream.response.truncated")
        var head = client(isHead: true)
        head.receive(Wire.headers(1, [":status: 200", "content-length: 5"]))
        #expect(head.events == ["head 1 end 200|content-length: 5"])
        var wrong = client(isHead: true)
        wrong.receive(
            Wire.headers(1, [":status: 200", "content-length: 5"], ends: false) + Wire.data(1, "x", ends: true))
        #expect(wrong.events.last == "reset 1 1 upstream.response.truncated")
    }

    @Test("RFC 9113 6.5.2 and 6.6: a server may not push, nor say that it may")
    func push() {
        var pushing = client()
        pushing.receive(Wire.frame(5, flags: 4, stream: 1, network(2) + [0x88]))
        #expect(pushing.events == ["failed 1 upstream.protocol"])
        var allowing = client()
        allowing.receive(Wire.settings([(2, 1)]))
        #expect(allowing.events == ["failed 1 upstream.protocol"])
    }

    @Test("RFC 9113 5.1: responses on streams that were never opened end the connection")
    func idle() {
        for stream in [2, 3] as [UInt32] {
            var client = client()
            client.receive(Wire.headers(stream, [":status: 200"]))
            #expect(client.events == ["failed 1 upstream.protocol"])
        }
    }

    @Test("RFC 9113 5.1: data before the head of a response is an error of the stream")
    func dataFirst() {
        var client = client()
        client.receive(Wire.data(1, "x"))
        #expect(client.events == ["reset 1 1 upstream.protocol"])
    }

    @Test("RFC 9113 8.7: a request that the server has not looked at can be sent again")
    func retryable() {
        var refused = client()
        refused.receive(Wire.reset(1, 7))
        #expect(refused.events == ["reset 1 7 upstream.refused retry"])
        var broken = client()
        broken.receive(Wire.reset(1, 2))
        #expect(broken.events == ["reset 1 2 upstream.reset"])
    }

    @Test(
        "RFC 9113 6.8: after GOAWAY the streams above the last are to be sent again, the others go on, no new ones open"
    )
    func goAway() {
        var client = client()
        open(&client)
        open(&client)
        client.receive(Wire.frame(7, stream: 0, network(1) + network(0)) + Wire.headers(1, [":status: 200"]))
        #expect(
            client.events == [
                "goaway 0", "reset 3 7 upstream.refused retry", "reset 5 7 upstream.refused retry", "head 1 end 200",
            ])
        #expect(client.connection.canOpen == false)
        #expect(client.connection.open(isHead: false) == nil)
    }

    @Test("RFC 9113 5.1.2: no more streams are opened than the server allows")
    func concurrency() {
        var client = client()
        client.receive(Wire.settings([(3, 2)]))
        #expect(client.connection.open(isHead: false) != nil)
        #expect(client.connection.open(isHead: false) == nil)
        client.connection.release(client.streams[1]!)
        client.write { $0.flush(to: &$1) }
        #expect(client.frames.last == "RST_STREAM 1 8")
        #expect(client.connection.open(isHead: false) != nil)
    }

    @Test("a head of HTTP/1.1 goes out without what concerns its connection, in lower case")
    func conversion() {
        var server = Endpoint()
        server.receive(Wire.headers(1))
        let stream = server.streams[1]!
        var response = ResponseHead(limits: HeadLimits())
        let lines = "Server: x\r\nConnection: close\r\nKeep-Alive: 5\r\nTransfer-Encoding: chunked\r\nX-Y: Z\r\n"
        server.connection.beginFields(&server.workspace)
        server.connection.addStatus(200, &server.workspace)
        server.connection.add(lines: latin(lines).span, &server.workspace)
        server.connection.addLength(12, &server.workspace)
        server.send(stream, ends: true)
        response.reset()
        var client = client(isHead: true)
        client.receive(server.sent)
        #expect(client.events == ["head 1 end 200|server: x|x-y: Z|content-length: 12"])
    }

    @Test("a canonical request goes out with its pseudo-fields and without host")
    func request() {
        var server = Endpoint()
        server.receive(
            Wire.headers(
                1, [":method: PUT", ":scheme: https", ":authority: example.com", ":path: /a/../b?c=d", "x: y"]))
        var client = Endpoint(role: .client)
        let stream = client.connection.open(isHead: false)!
        client.connection.beginFields(&client.workspace)
        client.connection.add(
            request: server.workspace.request, scheme: .https, authority: latin("backend:8080").span, &client.workspace)
        let omitted = FieldNameSet().adding(.host)
        client.connection.add(fieldsOf: server.workspace.request.fields, omitting: omitted, &client.workspace)
        client.send(stream, ends: true)
        var upstream = Endpoint(isOpen: false)
        upstream.receive(client.sent)
        #expect(upstream.events == ["head 1 end PUT backend /b?c=d|x: y"])
    }
}
