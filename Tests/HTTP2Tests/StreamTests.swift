import Testing

@testable import HTTP2

@Suite("RFC 9113 section 5: streams and flow control")
struct StreamTests {
    @Test("RFC 9113 5.1: a request, its body and the response make one exchange")
    func exchange() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false) + Wire.data(1, "a=") + Wire.data(1, "b", ends: true))
        #expect(server.events == ["head 1 POST example.com /form", "data 1 a=b end"])
        server.respond(1, fields: ["server: x"], body: "hello")
        #expect(server.frames == ["HEADERS 1", "DATA 1 5 end"])
        #expect(server.connection.streamCount == 0)
    }

    @Test("RFC 9113 5.1: DATA on an idle stream ends the connection")
    func idleData() {
        var server = Endpoint()
        server.receive(Wire.data(1, "x"))
        #expect(server.events == ["failed 1 connection.protocol"])
    }

    @Test("RFC 9113 5.1: DATA and HEADERS on a half-closed stream are an error of the stream")
    func halfClosed() {
        for frame in [Wire.data(1, "x"), Wire.headers(1)] {
            var server = Endpoint()
            server.receive(Wire.headers(1))
            server.receive(frame)
            #expect(server.frames == ["RST_STREAM 1 5"])
            #expect(server.events.last == "reset 1 5 stream.closed")
        }
    }

    @Test("RFC 9113 5.1: DATA and HEADERS on a stream that has ended end the connection")
    func closed() {
        for frame in [Wire.data(1, "x"), Wire.headers(1)] {
            var server = Endpoint()
            server.receive(Wire.headers(1))
            server.respond(1)
            server.receive(frame)
            #expect(server.events.last == "failed 5 stream.closed")
        }
    }

    @Test("RFC 9113 5.1: WINDOW_UPDATE, RST_STREAM and PRIORITY on a stream that has ended are passed over")
    func closedControl() {
        var server = Endpoint()
        server.receive(Wire.headers(1))
        server.respond(1)
        server.frames = []
        server.receive(
            Wire.windowUpdate(1, 5) + Wire.reset(1) + Wire.frame(2, stream: 1, [0, 0, 0, 0, 0]) + Wire.ping())
        #expect(server.frames == ["PING ACK"])
    }

    @Test("RFC 9113 5.1: what was on its way when we reset a stream is passed over, but counts for the connection")
    func afterOurReset() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false))
        server.connection.release(server.streams[1]!)
        server.receive(Wire.data(1, "late") + Wire.headers(1, ["late: x"]) + Wire.ping())
        #expect(server.frames == ["RST_STREAM 1 2", "PING ACK"])
        #expect(server.events == ["head 1 POST example.com /form"])
    }

    @Test("RFC 9113 5.1: DATA after the other end's own RST_STREAM is an error of the stream")
    func afterTheirReset() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false) + Wire.reset(1) + Wire.data(1, "x"))
        #expect(server.events.last == "reset 1 8 client.reset")
        #expect(server.frames == ["RST_STREAM 1 5"])
    }

    @Test("RFC 9113 5.1.1: streams of clients have odd numbers, and each is above the last")
    func identifiers() {
        var even = Endpoint()
        even.receive(Wire.headers(2))
        #expect(even.events == ["failed 1 connection.protocol"])
        var lower = Endpoint()
        lower.receive(Wire.headers(5) + Wire.headers(3))
        #expect(lower.events == ["head 5 end GET example.com /", "failed 1 connection.protocol"])
    }

    @Test("RFC 9113 5.1.2: a stream above the limit is refused, and its fields are decoded all the same")
    func concurrency() {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 2
        var server = Endpoint(limits: limits)
        server.receive(Wire.headers(1) + Wire.headers(3))
        server.receive(Wire.frame(1, flags: 5, stream: 5, block(Wire.get) + [0x40, 1, 0x61, 1, 0x62]))
        #expect(server.frames == ["RST_STREAM 5 7"])
        server.respond(1)
        server.receive(Wire.frame(1, flags: 5, stream: 7, block(Wire.get) + [0xbe]))
        #expect(server.events.last == "head 7 end GET example.com /|a: b")
    }

    @Test("a stream counts until its exchange is released, however it ended")
    func countsUntilReleased() {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 1
        var server = Endpoint(limits: limits)
        server.releases = false
        server.receive(Wire.headers(1) + Wire.reset(1) + Wire.headers(3))
        #expect(server.frames == ["RST_STREAM 3 7"])
        server.connection.release(server.streams[1]!)
        server.receive(Wire.headers(5))
        #expect(server.events.last == "head 5 end GET example.com /")
    }

    @Test("RFC 9113 5.2: data beyond the window is an error of its stream, or of the connection")
    func flowControl() {
        let chunk = String(repeating: "x", count: 16_384)
        var server = Endpoint()
        server.consumes = false
        server.receive(Wire.headers(1, Wire.post, ends: false))
        for _ in 0..<3 { server.receive(Wire.data(1, chunk)) }
        server.receive(Wire.data(1, String(chunk.dropFirst(1))))
        #expect(server.frames == [])
        server.receive(Wire.data(1, "x"))
        #expect(server.frames == ["RST_STREAM 1 3"])
        #expect(server.events.last == "reset 1 3 stream.flow-control")

        var limits = HTTP2Limits()
        limits.connectionWindow = 65_535
        var small = Endpoint(limits: limits)
        small.consumes = false
        for stream in 0..<4 as Range<UInt32> {
            small.receive(Wire.headers(stream * 2 + 1, Wire.post, ends: false))
            small.receive(Wire.data(stream * 2 + 1, chunk))
        }
        #expect(small.events.last == "failed 3 connection.flow-control")
    }

    @Test("RFC 9113 6.9: what is consumed may be sent again, in updates of half a window")
    func credits() {
        let chunk = String(repeating: "x", count: 16_384)
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false))
        for _ in 0..<100 { server.receive(Wire.data(1, chunk)) }
        #expect(server.frames.filter { $0 == "WINDOW_UPDATE 1 32768" }.count == 50)
        #expect(server.frames.filter { $0 == "WINDOW_UPDATE 0 131072" }.count == 12)
        #expect(server.frames.count == 62)
    }

    @Test("data that nobody consumed is given back to the connection when its stream is released")
    func unconsumed() {
        let chunk = String(repeating: "x", count: 16_384)
        var server = Endpoint()
        server.consumes = false
        for stream in 0..<100 as Range<UInt32> {
            server.receive(Wire.headers(stream * 2 + 1, Wire.post, ends: false))
            for _ in 0..<3 { server.receive(Wire.data(stream * 2 + 1, chunk)) }
            server.respond(stream * 2 + 1)
        }
        #expect(server.events.allSatisfy { !$0.hasPrefix("failed") })
    }

    @Test("padding needs no consuming")
    func paddingCredit() {
        var server = Endpoint()
        server.consumes = false
        server.receive(Wire.headers(1, Wire.post, ends: false))
        for _ in 0..<2_000 {
            server.receive(Wire.frame(0, flags: 8, stream: 1, [255, 0x61] + [UInt8](repeating: 0, count: 255)))
        }
        #expect(server.connection.hasFailed == false)
        #expect(server.frames.contains { $0.hasPrefix("WINDOW_UPDATE 1") })
    }

    @Test("RFC 9113 5.2.1 and 6.9.2: we send no more than the windows let us, also when they become smaller")
    func sendWindows() {
        var server = Endpoint()
        server.receive(Wire.settings([(4, 100)]))
        server.receive(Wire.headers(1))
        let stream = server.streams[1]!
        server.connection.beginFields(&server.workspace)
        server.connection.addStatus(200, &server.workspace)
        server.send(stream, ends: false)
        #expect(server.connection.sendable(stream, 1_000) == 100)
        server.frames = []
        let body = [UInt8](repeating: 0x61, count: 1_000)
        #expect(server.write { $0.sendData(stream, body.span, endsStream: true, to: &$1) } == 100)
        #expect(server.frames == ["DATA 1 100"])
        server.receive(Wire.settings([(4, 40)]))
        server.receive(Wire.windowUpdate(1, 50))
        #expect(server.connection.sendable(stream, 1_000) == 0)
        server.receive(Wire.windowUpdate(1, 11))
        #expect(server.connection.sendable(stream, 1_000) == 1)
        #expect(server.write { $0.sendData(stream, body.span, endsStream: true, to: &$1) } == 1)
    }

    @Test("RFC 9113 4.2: we send no frame larger than the other end takes")
    func sendFrameSize() {
        var server = Endpoint()
        server.receive(Wire.settings([(4, 1_000_000), (5, 20_000)]) + Wire.windowUpdate(0, 1_000_000))
        server.receive(Wire.headers(1))
        #expect(server.connection.sendable(server.streams[1]!, 100_000) == 20_000)
        server.respond(1, fields: ["x: " + String(repeating: "~", count: 20_000)])
        #expect(server.frames == ["SETTINGS ACK", "HEADERS 1 end", "CONTINUATION 1"])
    }

    @Test("RFC 9113 8.1: a response before the end of its request stops the request without an error")
    func earlyResponse() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false))
        server.respond(1, status: 413)
        #expect(server.frames == ["HEADERS 1 end", "RST_STREAM 1 0"])
    }

    @Test("RFC 9113 6.8: a shutdown loses no request that was on its way")
    func shutdown() {
        var server = Endpoint()
        server.receive(Wire.headers(1))
        server.write { $0.shutdown(to: &$1) }
        #expect(server.frames == ["GOAWAY 2147483647 0", "PING"])
        server.receive(Wire.headers(3))
        server.receive(Wire.frame(6, flags: 1, stream: 0, Array(server.sent.suffix(8))))
        #expect(server.frames.last == "GOAWAY 3 0")
        server.receive(Wire.headers(5, Wire.post, ends: false) + Wire.data(5, "x", ends: true))
        server.write { $0.finishShutdown(to: &$1) }
        #expect(server.frames.last == "GOAWAY 3 0")
        #expect(server.events.last == "head 3 end GET example.com /")
        #expect(server.connection.isDrained == false)
        server.respond(1)
        server.respond(3)
        #expect(server.connection.isDrained == true)
    }

    @Test("a released stream's name means nothing any more, also when its place is taken again")
    func generations() {
        var server = Endpoint()
        server.receive(Wire.headers(1))
        let old = server.streams[1]!
        server.respond(1)
        server.receive(Wire.headers(3))
        #expect(server.connection.holds(old) == false)
        #expect(server.connection.holds(server.streams[3]!) == true)
        server.connection.release(old)
        server.connection.reset(old, .cancel)
        #expect(server.connection.streamCount == 1)
    }

    @Test("RFC 9218: the most urgent are served first, whole ones in order, parts of others in turns")
    func priorities() {
        var server = Endpoint()
        server.receive(Wire.settings([(4, 100_000)]))
        server.receive(Wire.headers(1) + Wire.headers(3) + Wire.headers(5, Wire.get + ["priority: u=1"]))
        server.receive(
            Wire.headers(7, Wire.get + ["priority: u=0;x, i"]) + Wire.headers(9, Wire.get + ["priority: u=5"]))
        for stream in server.streams.values { server.connection.setReady(stream, true) }
        var order: [UInt32] = []
        func serve(_ server: inout Endpoint, ends: Bool) {
            guard let stream = server.connection.nextReady() else { return }
            order.append(stream.identifier)
            _ = server.write { $0.sendData(stream, [1].span, endsStream: ends, to: &$1) }
        }
        serve(&server, ends: true)
        serve(&server, ends: false)
        serve(&server, ends: true)
        for _ in 0..<4 { serve(&server, ends: false) }
        #expect(order == [7, 5, 5, 1, 3, 1, 3])
        server.receive(Wire.frame(0x10, stream: 0, network(9) + latin("u=0")))
        serve(&server, ends: false)
        #expect(order.last == 9)
    }

    @Test("what needs no window is served while there is none")
    func readyWithoutWindow() {
        var server = Endpoint()
        server.releases = false
        server.receive(Wire.settings([(4, 0)]) + Wire.headers(1) + Wire.headers(3))
        guard let first = server.streams[1], let second = server.streams[3] else { return }
        server.connection.setReady(first, true)
        #expect(server.connection.nextReady() == nil)
        server.connection.setReady(second, true, needsWindow: false)
        #expect(server.connection.nextReady() == second)
        server.connection.setReady(second, true)
        #expect(server.connection.nextReady() == nil)
        server.receive(Wire.windowUpdate(1, 10))
        #expect(server.connection.nextReady() == first)
        server.connection.setReady(first, false)
        #expect(server.connection.nextReady() == nil)
    }

    @Test("RFC 9113 6.9: what is consumed without room for it waits, and is given back later")
    func consumeWithoutOutput() {
        var server = Endpoint()
        server.consumes = false
        server.releases = false
        let part = String(repeating: "a", count: 16_000)
        server.receive(Wire.headers(1, Wire.post, ends: false))
        for _ in 0..<4 { server.receive(Wire.data(1, part)) }
        guard let stream = server.streams[1] else { return }
        server.connection.consume(stream, 16_000)
        #expect(server.connection.hasDues == false)
        server.connection.consume(stream, 32_000)
        #expect(server.connection.hasDues == true)
        #expect(server.frames == [])
        server.write { $0.flush(to: &$1) }
        #expect(server.frames == ["WINDOW_UPDATE 1 48000"])
        #expect(server.connection.hasDues == false)
    }

    @Test("a stream is known by its tag until it is released")
    func tags() {
        var server = Endpoint()
        server.releases = false
        server.receive(Wire.headers(1) + Wire.headers(3))
        guard let first = server.streams[1], let second = server.streams[3] else { return }
        #expect(server.connection.anyTag() == nil)
        #expect(server.connection.tag(first) == -1)
        server.connection.setTag(second, 7)
        #expect(server.connection.tag(second) == 7)
        #expect(server.connection.anyTag() == 7)
        // The place is kept until RST_STREAM is written.
        server.connection.release(second)
        #expect(server.connection.anyTag() == nil)
        #expect(server.connection.tag(second) == -1)
    }
}
