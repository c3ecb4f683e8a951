import Testing

@Suite("RFC 9113 sections 3 to 6: connections and frames that a server must refuse")
struct FrameTests {
    /// What a server says and does about `bytes` on an open connection, with stream 1 half-closed, 3 open.
    private func server(_ bytes: [UInt8]) -> (events: [String], frames: [String]) {
        var server = Endpoint()
        server.receive(Wire.headers(1) + Wire.headers(3, Wire.post, ends: false))
        server.events = []
        server.receive(bytes)
        return (server.events, server.frames)
    }

    @Test("RFC 9113 3.4: a connection that does not begin with the preface is over, and is told nothing")
    func preface() {
        var server = Endpoint(isOpen: false)
        server.frames = []
        server.receive(latin("GET / HTTP/1.1\r\n"))
        #expect(server.events == ["failed 1 connection.preface"])
        #expect(server.frames == [])
    }

    @Test(
        "RFC 9113 3.4: the first frame must be SETTINGS",
        arguments: [Wire.ping(), Wire.headers(1), Wire.frame(4, flags: 1, stream: 0)])
    func firstFrame(frame: [UInt8]) {
        var server = Endpoint(isOpen: false)
        server.receive(Wire.preface + frame)
        #expect(server.events == ["failed 1 connection.preface"])
        #expect(server.frames.last == "GOAWAY 0 1")
    }

    @Test("RFC 9113 3.4: a server begins with its settings, and acknowledges those of the client")
    func settings() {
        var server = Endpoint(isOpen: false)
        server.receive(Wire.preface + Wire.settings())
        #expect(
            server.frames == [
                "SETTINGS 1=4096 3=100 4=65535 5=16384 6=24576 9=1 8=1", "WINDOW_UPDATE 0 196609", "SETTINGS ACK",
            ])
    }

    @Test("RFC 9113 4.1: frames of unknown types are passed over, whatever their flags and streams")
    func unknownType() {
        let outcome = server(Wire.frame(0xfa, flags: 0xff, stream: 9, latin("what")) + Wire.ping())
        #expect(outcome.frames == ["PING ACK"])
        #expect(outcome.events == [])
    }

    @Test("RFC 9113 4.1: undefined flags and the reserved bit mean nothing")
    func undefinedFlags() {
        let outcome = server(Wire.frame(6, flags: 0xfe, stream: 0x8000_0000, latin("12345678")))
        #expect(outcome.frames == ["PING ACK"])
    }

    @Test("RFC 9113 4.2: a frame larger than SETTINGS_MAX_FRAME_SIZE is an error, before it is there")
    func tooLarge() {
        let outcome = server(Array(Wire.frame(0, stream: 3, [UInt8](repeating: 0, count: 16_385)).prefix(9)))
        #expect(outcome.frames == ["GOAWAY 3 6"])
        #expect(outcome.events == ["failed 6 connection.frame-size"])
    }

    @Test("RFC 9113 4.2: a frame of SETTINGS_MAX_FRAME_SIZE is none")
    func largest() {
        let outcome = server(Wire.data(3, String(repeating: "x", count: 16_384)))
        #expect(outcome.frames == [])
        #expect(outcome.events.count == 1)
    }

    @Test("RFC 9113 4.3: a field block that cannot be decoded ends the connection")
    func compression() {
        let outcome = server(Wire.frame(1, flags: 5, stream: 5, [0x80]))
        #expect(outcome.frames == ["GOAWAY 5 9"])
        #expect(outcome.events == ["failed 9 connection.compression"])
    }

    @Test(
        "RFC 9113 6: frames of a wrong size end the connection",
        arguments: [
            Wire.frame(3, stream: 1, [0, 0, 0]), Wire.frame(3, stream: 1, [0, 0, 0, 0, 0]),
            Wire.frame(4, stream: 0, [0, 1, 0]), Wire.frame(4, flags: 1, stream: 0, [0, 1, 0, 0, 0, 0]),
            Wire.frame(6, stream: 0, [0]), Wire.frame(7, stream: 0, [0, 0, 0, 0]),
            Wire.frame(8, stream: 1, [0, 0, 1]), Wire.frame(8, stream: 0, [0, 0, 0, 0, 1]),
            Wire.frame(1, flags: 0x25, stream: 5, [0, 0]), Wire.frame(0, flags: 8, stream: 3),
            Wire.frame(0x10, stream: 0, [0, 0]),
        ])
    func sizes(frame: [UInt8]) {
        let outcome = server(frame)
        #expect(outcome.events == ["failed 6 connection.frame-size"])
        #expect(outcome.frames == ["GOAWAY 3 6"])
    }

    @Test(
        "RFC 9113 6: frames on the wrong kind of stream end the connection",
        arguments: [
            Wire.data(0, "x"), Wire.headers(0), Wire.frame(2, stream: 0, [0, 0, 0, 0, 0]), Wire.reset(0),
            Wire.frame(4, stream: 1), Wire.frame(5, stream: 1, [0, 0, 0, 2]),
            Wire.frame(6, stream: 1, latin("12345678")),
            Wire.frame(7, stream: 1, network(0) + network(0)), Wire.continuation(1, [], ends: true),
            Wire.frame(0x10, stream: 1, network(1)), Wire.frame(0x10, stream: 0, network(0)),
        ])
    func wrongStream(frame: [UInt8]) {
        let outcome = server(frame)
        #expect(outcome.events == ["failed 1 connection.protocol"])
        #expect(outcome.frames == ["GOAWAY 3 1"])
    }

    @Test(
        "RFC 9113 6.1 and 6.2: padding as long as the payload, or longer, ends the connection",
        arguments: [
            Wire.frame(0, flags: 8, stream: 3, [1]), Wire.frame(0, flags: 8, stream: 3, [3, 0, 0]),
            Wire.frame(1, flags: 0xd, stream: 5, [9, 0x82]),
            Wire.frame(1, flags: 0x2d, stream: 5, [3, 0, 0, 0, 0, 0, 0]),
        ])
    func padding(frame: [UInt8]) {
        #expect(server(frame).events == ["failed 1 connection.protocol"])
    }

    @Test("RFC 9113 6.1: padding is no data")
    func paddedData() {
        let outcome = server(Wire.frame(0, flags: 9, stream: 3, [4] + latin("body") + [0, 0, 0, 0]))
        #expect(outcome.events == ["data 3 body end"])
        let empty = server(Wire.frame(0, flags: 9, stream: 3, [4, 0, 0, 0, 0]) + Wire.ping())
        #expect(empty.events == ["data 3  end"])
        #expect(empty.frames == ["PING ACK"])
    }

    @Test("RFC 9113 6.2: padding and the old priority in HEADERS mean nothing")
    func paddedHeaders() {
        let payload = [2] + network(0x8000_0003) + [255] + block(Wire.get) + [0, 0]
        let outcome = server(Wire.frame(1, flags: 0x2d, stream: 5, payload))
        #expect(outcome.events == ["head 5 end GET example.com /"])
    }

    @Test("RFC 9113 6.3: PRIORITY of a wrong size is an error of its stream")
    func prioritySize() {
        let outcome = server(Wire.frame(2, stream: 3, [0, 0, 0, 0]))
        #expect(outcome.frames == ["RST_STREAM 3 6"])
        #expect(outcome.events == ["reset 3 6 connection.frame-size"])
    }

    @Test("RFC 9113 6.3: PRIORITY may come on any stream, and means nothing")
    func priority() {
        let outcome = server(Wire.frame(2, stream: 99, [0, 0, 0, 0, 0]) + Wire.frame(2, stream: 1, [0, 0, 0, 1, 0]))
        #expect(outcome.events == [] && outcome.frames == [])
    }

    @Test(
        "RFC 9113 6.4 and 6.9: RST_STREAM and WINDOW_UPDATE on an idle stream end the connection",
        arguments: [5, 2] as [UInt32])
    func idle(stream: UInt32) {
        #expect(server(Wire.reset(stream)).events == ["failed 1 connection.protocol"])
        #expect(server(Wire.windowUpdate(stream, 1)).events == ["failed 1 connection.protocol"])
    }

    @Test(
        "RFC 9113 6.5.2: settings with values that are not allowed end the connection",
        arguments: [
            (2, 2, 1), (4, 0x8000_0000, 3), (5, 16_383, 1), (5, 1 << 24, 1), (8, 2, 1), (9, 2, 1),
        ] as [(UInt16, UInt32, Int)])
    func settingValues(identifier: UInt16, value: UInt32, code: Int) {
        let outcome = server(Wire.settings([(identifier, value)]))
        #expect(outcome.frames == ["GOAWAY 3 \(code)"])
    }

    @Test("RFC 9113 6.5.2: unknown settings are passed over")
    func unknownSettings() {
        #expect(server(Wire.settings([(0xaa, 1), (0, 7)])).frames == ["SETTINGS ACK"])
    }

    @Test("RFC 8441 3 and RFC 9218 2.1: settings that may not change do not")
    func unchangeable() {
        #expect(server(Wire.settings([(8, 1)]) + Wire.settings([(8, 0)])).events == ["failed 1 connection.protocol"])
        #expect(server(Wire.settings([(9, 1)])).events == ["failed 1 connection.protocol"])
    }

    @Test("RFC 9113 6.7: PING is answered with its own payload; an answer is not")
    func ping() {
        var server = Endpoint()
        server.receive(Wire.ping() + Wire.ping(ack: true))
        #expect(server.frames == ["PING ACK"])
        #expect(server.sent == Wire.ping(ack: true))
    }

    @Test("RFC 9113 6.8: a client's GOAWAY is heard")
    func goAway() {
        #expect(server(Wire.frame(7, stream: 0, network(0) + network(2) + latin("debug"))).events == ["goaway 2"])
    }

    @Test("RFC 9113 6.9: a window update of 0 is an error of its stream, or of the connection")
    func emptyUpdate() {
        #expect(server(Wire.windowUpdate(3, 0)).frames == ["RST_STREAM 3 1"])
        #expect(server(Wire.windowUpdate(0, 0)).frames == ["GOAWAY 3 1"])
    }

    @Test("RFC 9113 6.9.1: a window above 2^31 − 1 is an error of its stream, or of the connection")
    func windowOverflow() {
        let outcome = server(Wire.windowUpdate(3, 0x7fff_ffff))
        #expect(outcome.frames == ["RST_STREAM 3 3"])
        #expect(outcome.events == ["reset 3 3 stream.flow-control"])
        #expect(server(Wire.windowUpdate(0, 0x7fff_ffff)).frames == ["GOAWAY 3 3"])
    }

    @Test("RFC 9113 6.9.2: an initial window that makes a stream's window too large ends the connection")
    func initialWindowOverflow() {
        let outcome = server(Wire.windowUpdate(3, 0x7fff_0000) + Wire.settings([(4, 0x7fff_ffff)]))
        #expect(outcome.frames == ["GOAWAY 3 3"])
    }

    @Test("RFC 9113 6.10: nothing but CONTINUATION of its stream may stand in a field block")
    func interleaved() {
        let begin = Wire.frame(1, flags: 1, stream: 5, [0x82])
        for frame in [
            Wire.ping(), Wire.data(3, "x"), Wire.continuation(3, [], ends: true), Wire.frame(0xfa, stream: 5),
        ] {
            #expect(server(begin + frame).events == ["failed 1 connection.protocol"])
        }
    }

    @Test("RFC 9113 6.10: a field block may come in several frames, cut anywhere")
    func continuations() {
        let all = block(Wire.get + ["accept: */*"])
        for cut in 0...all.count {
            let frames =
                Wire.frame(1, flags: 1, stream: 5, Array(all[..<cut]))
                + Wire.continuation(5, Array(all[cut...]), ends: false) + Wire.continuation(5, [], ends: true)
            #expect(server(frames).events == ["head 5 end GET example.com /|accept: */*"])
        }
    }
}
