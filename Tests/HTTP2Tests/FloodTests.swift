import Testing

@testable import HTTP2

@Suite("Floods, by counted work")
struct FloodTests {
    /// How many times `frames` is taken before the server has had enough; nil when it never has.
    private func endurance(_ prepare: [UInt8] = [], times: Int = 5_000, _ frames: (UInt32) -> [UInt8]) -> Int? {
        var server = Endpoint()
        server.receive(prepare)
        for round in 0..<times {
            server.receive(frames(UInt32(round)))
            if server.connection.hasFailed {
                #expect(server.events.last == "failed 11 connection.excess")
                #expect(server.frames.last?.hasSuffix(" 11") == true)
                return round
            }
        }
        return nil
    }

    @Test("rapid reset: a client that opens and resets streams is stopped, and told so")
    func rapidReset() {
        #expect(endurance { Wire.headers($0 * 2 + 1) + Wire.reset($0 * 2 + 1) } == 199)
    }

    @Test("MadeYouReset: a client that makes us reset its streams is stopped as soon")
    func madeYouReset() {
        #expect(endurance { Wire.headers($0 * 2 + 1) + Wire.windowUpdate($0 * 2 + 1, 0) } == 199)
        #expect(endurance { Wire.headers($0 * 2 + 1) + Wire.data($0 * 2 + 1, "x") } == 199)
        #expect(endurance { Wire.headers($0 * 2 + 1) + Wire.frame(2, stream: $0 * 2 + 1, [0]) } == 199)
        #expect((endurance { Wire.headers($0 * 2 + 1) + Wire.windowUpdate($0 * 2 + 1, 0x7fff_ffff) } ?? .max) <= 199)
        #expect(endurance { Wire.headers($0 * 2 + 1, Wire.get + ["A: b"]) } == 199)
    }

    @Test("floods of SETTINGS, PING, WINDOW_UPDATE, PRIORITY, unknown frames and empty DATA are stopped")
    func cheapFrames() {
        #expect(endurance { _ in Wire.settings() } == 998)
        #expect(endurance { _ in Wire.ping() } == 998)
        #expect(endurance { _ in Wire.ping(ack: true) } == 998)
        #expect(endurance { _ in Wire.windowUpdate(0, 1) } == 998)
        #expect(endurance { _ in Wire.frame(2, stream: 9, [0, 0, 0, 0, 0]) } == 998)
        #expect(endurance { _ in Wire.frame(0xbb, stream: 9) } == 998)
        #expect(endurance { _ in Wire.frame(0x10, stream: 0, network(1)) } == 998)
        #expect(endurance(Wire.headers(1, Wire.post, ends: false)) { _ in Wire.data(1, "") } == 998)
        #expect(
            endurance(Wire.headers(1, Wire.post, ends: false)) { _ in Wire.frame(0, flags: 8, stream: 1, [0]) } == 998)
    }

    @Test("a flood of CONTINUATION ends with its first field block, whether its frames are empty or full")
    func continuation() {
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 1, stream: 1, block(Wire.get)))
        for _ in 0..<9 { server.receive(Wire.continuation(1, [], ends: false)) }
        #expect(server.events == ["failed 11 connection.excess"])
        var full = Endpoint()
        full.receive(Wire.frame(1, flags: 1, stream: 1, block(Wire.get)))
        full.receive(Wire.continuation(1, [UInt8](repeating: 0x82, count: 16_000), ends: false))
        #expect(full.events == [])
        full.receive(Wire.continuation(1, [UInt8](repeating: 0x82, count: 16_000), ends: false))
        #expect(full.events == ["failed 11 connection.excess"])
    }

    @Test("a flood of CONTINUATION in many field blocks is stopped by the budget")
    func manyContinuations() {
        let rounds = endurance { round in
            Wire.frame(1, flags: 1, stream: round * 2 + 1, block(Wire.get))
                + Wire.continuation(round * 2 + 1, [], ends: false)
                + Wire.continuation(round * 2 + 1, [], ends: true) + Wire.reset(round * 2 + 1)
        }
        #expect(rounds == 142)
    }

    @Test("an HPACK bomb is one request with too large a head, and its memory is that of every other")
    func bomb() {
        let entry: [UInt8] = [0x40, 1, 0x61] + length(4_000) + [UInt8](repeating: 0x62, count: 4_000)
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 5, stream: 1, block(Wire.get) + entry))
        server.receive(Wire.frame(1, flags: 5, stream: 3, block(Wire.get) + [UInt8](repeating: 0xbe, count: 16_000)))
        #expect(server.events.last == "malformed 3 request.head.size")
        server.receive(Wire.headers(5))
        #expect(server.events.last == "head 5 end GET example.com /")
    }

    @Test("SETTINGS with more parameters than the limit ends the connection")
    func settings() {
        var server = Endpoint()
        server.receive(Wire.settings([(UInt16, UInt32)](repeating: (4, 1), count: 33)))
        #expect(server.events == ["failed 11 connection.excess"])
    }

    @Test("streams beyond the limit are not free")
    func refused() {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 1
        var server = Endpoint(limits: limits)
        server.receive(Wire.headers(1))
        var stream: UInt32 = 3
        while server.connection.hasFailed == false && stream < 2_000 {
            server.receive(Wire.headers(stream))
            stream += 2
        }
        #expect(server.events.last == "failed 11 connection.excess")
        #expect(stream < 410)
    }

    @Test("fewer streams are allowed under abuse, and all again after useful work")
    func shrinking() {
        var server = Endpoint()
        for stream in 0..<101 as Range<UInt32> {
            server.receive(Wire.headers(stream * 2 + 1) + Wire.reset(stream * 2 + 1))
        }
        server.receive(Wire.ping())
        #expect(server.connection.allowedStreams == 50)
        #expect(server.frames.contains("SETTINGS 3=50"))
        for stream in 101..<192 as Range<UInt32> {
            server.receive(Wire.headers(stream * 2 + 1) + Wire.reset(stream * 2 + 1))
        }
        #expect(server.connection.allowedStreams == 6)
        for stream in 200..<260 as Range<UInt32> {
            server.receive(Wire.headers(stream * 2 + 1))
            server.respond(stream * 2 + 1, body: "x")
        }
        #expect(server.connection.allowedStreams == 100)
        #expect(server.frames.contains("SETTINGS 3=100"))
        #expect(server.connection.budget == 1_000)
    }

    @Test("a client that works is never stopped: an update, a PING and an empty frame for each response")
    func usefulWork() {
        var server = Endpoint()
        for stream in 0..<3_000 as Range<UInt32> {
            let identifier = stream * 2 + 1
            server.receive(Wire.headers(identifier, Wire.post, ends: false) + Wire.data(identifier, "", ends: false))
            server.receive(Wire.data(identifier, "x", ends: true) + Wire.windowUpdate(0, 5) + Wire.ping())
            server.respond(identifier, body: "12345")
        }
        #expect(server.connection.hasFailed == false)
        #expect(server.connection.budget > 900)
    }

    @Test("a server that resets what it is sent gains nothing by it")
    func resettingServer() {
        var client = Endpoint(role: .client)
        client.receive(Wire.settings())
        for round in 0..<300 as Range<UInt32> where client.connection.hasFailed == false {
            guard let stream = client.connection.open(isHead: false) else { break }
            client.streams[stream.identifier] = stream
            client.connection.beginFields(&client.workspace)
            client.add(Wire.get)
            client.send(stream, ends: true)
            client.receive(Wire.reset(round * 2 + 1, 2))
        }
        #expect(client.events.last == "failed 11 upstream.protocol")
    }

    @Test("time gives back what it must")
    func recovery() {
        var server = Endpoint()
        for _ in 0..<3_000 {
            server.receive(Wire.ping())
            server.connection.recover(1)
        }
        #expect(server.connection.hasFailed == false)
    }

    @Test("a connection allocates what it says, whatever is sent to it: under 32 KiB with 100 streams")
    func memory() {
        #expect(HTTP2Connection.memory(limits: HTTP2Limits()) < 32_768)
        #expect(HTTP2Connection.memoryOfStream <= 128)
    }
}
