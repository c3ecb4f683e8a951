import Bytes
import Testing

@testable import HTTP2

@Suite("Whatever arrives, however it is cut")
struct RobustnessTests {
    /// A connection with a little of everything.
    private static let session: [UInt8] =
        Wire.preface + Wire.settings([(3, 100), (4, 70_000), (0xaa, 5)]) + Wire.frame(4, flags: 1, stream: 0)
        + Wire.windowUpdate(0, 1_000) + Wire.headers(1, Wire.post + ["cookie: a", "cookie: b"], ends: false)
        + Wire.data(1, "hello ") + Wire.ping() + Wire.frame(0, flags: 9, stream: 1, [3] + latin("world") + [0, 0, 0])
        + Wire.frame(1, flags: 0x29, stream: 3, [1] + network(0) + [9] + Array(block(Wire.get).prefix(20)) + [0])
        + Wire.continuation(3, Array(block(Wire.get).dropFirst(20)), ends: true) + Wire.headers(5, Wire.get + ["A: b"])
        + Wire.frame(0xee, stream: 7, latin("unknown")) + Wire.headers(7, Wire.post, ends: false) + Wire.data(7, "")
        + Wire.headers(7, ["grpc-status: 0"]) + Wire.frame(0x10, stream: 0, network(7) + latin("u=1")) + Wire.reset(7)
        + Wire.frame(2, stream: 1, [0, 0, 0, 0, 0]) + Wire.frame(7, stream: 0, network(0) + network(0))

    @Test("the input cut at every byte gives the same events and the same frames")
    func cuts() {
        var whole = Endpoint(isOpen: false)
        whole.receive(Self.session)
        #expect(whole.events.count == 8)
        for step in [1, 2, 3, 5, 7, 9, 16, 100] {
            var cut = Endpoint(isOpen: false)
            cut.receive(Self.session, step: step)
            #expect(cut.events == whole.events)
            #expect(cut.frames == whole.frames)
        }
        for place in 0..<Self.session.count {
            var cut = Endpoint(isOpen: false)
            cut.receive(Array(Self.session[..<place]))
            cut.receive(Array(Self.session[place...]))
            #expect(cut.events == whole.events)
        }
    }

    @Test("with hardly any room in the output nothing is lost")
    func littleOutput() {
        var server = Endpoint(isOpen: false)
        server.frames = []
        var position = 0
        var needed = 0
        while position < Self.session.count {
            // The first time there is no room, the second time there is.
            for room in [HTTP2Connection.outputReserve - 1, HTTP2Connection.outputReserve] {
                var buffer = [UInt8](repeating: 0, count: room)
                var writer = ByteWriter(buffer.mutableSpan)
                let event = server.connection.next(
                    in: Self.session.span, from: position, workspace: &server.workspace, to: &writer)
                #expect(writer.overflowed == false)
                let count = writer.count
                server.frames += describeFrames(Array(buffer[..<count]))
                switch event {
                case .needOutput(let consumed):
                    needed += 1
                    position = consumed
                case .needMore(let consumed): position = consumed
                case .head(_, _, let next), .trailers(_, let next), .reset(_, _, _, _, let next), .writable(let next),
                    .goAway(_, let next):
                    position = next
                case .malformed(let stream, _, let next):
                    server.connection.release(stream)
                    position = next
                case .data(_, _, let end, _): position = end
                case .failed: Issue.record("failed")
                }
            }
        }
        #expect(needed > 10)
        #expect(server.frames == ["SETTINGS ACK", "PING ACK", "RST_STREAM 5 1"])
    }

    @Test("mutated sessions never trap either end, and what is sent is always frames")
    func mutations() {
        var generator = Generator(state: 4)
        var survived = 0
        for round in 0..<1_500 {
            var bytes = Self.session
            for _ in 0..<Int.random(in: 1..<5, using: &generator) {
                let place = Int.random(in: 24..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = .random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: Wire.data(1, "x"), at: place)
                default:
                    let end = min(bytes.count, place + 30)
                    bytes.insert(
                        contentsOf: Array(bytes[place..<end]), at: Int.random(in: 24..<bytes.count, using: &generator))
                }
            }
            var end = Endpoint(role: round % 5 == 0 ? .client : .server, isOpen: false)
            end.receive(round % 5 == 0 ? Array(bytes[24...]) : bytes, step: Int.random(in: 1..<400, using: &generator))
            if end.connection.hasFailed == false { survived += 1 }
            #expect(!end.frames.contains("malformed") && !end.frames.contains("cut off"))
        }
        #expect(survived > 50)
    }

    @Test("every frame is the same after it was read and written")
    func roundTrip() {
        let frames: [[UInt8]] = [
            Wire.data(3, "body", ends: true), Wire.headers(5), Wire.reset(7, 0xdead),
            Wire.settings([(1, 2), (0xaa, 7)]),
            Wire.frame(4, flags: 1, stream: 0), Wire.ping(), Wire.ping(ack: true), Wire.windowUpdate(9, 0x7fff_ffff),
            Wire.frame(7, stream: 0, network(11) + network(2) + latin("debug")),
            Wire.frame(0x10, stream: 0, network(3) + latin("u=1, i")),
        ]
        for bytes in frames {
            let written = rewrite(bytes)
            #expect(written == bytes)
            #expect(rewrite(written) == written)
        }
    }

    private func rewrite(_ bytes: [UInt8]) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1_000)
        var writer = ByteWriter(buffer.mutableSpan)
        guard let header = FrameHeader(bytes.span, at: 0) else { return [] }
        let payload = bytes.span.extracting(9..<bytes.count)
        let ends = header.flags.contains(.endStream)
        switch try? Frame.parse(payload, header: header) {
        case .data(let start, let end):
            FrameWriter.dataHeader(stream: header.stream, count: end - start, endsStream: ends, to: &writer)
            writer.append(payload.extracting(start..<end))
        case .headers(let start, let end):
            FrameWriter.fieldBlock(
                payload.extracting(start..<end), stream: header.stream, endsStream: ends, frameSize: 16_384, to: &writer
            )
        case .resetStream(let code): FrameWriter.resetStream(header.stream, code, to: &writer)
        case .settings(let count):
            FrameWriter.settingsHeader(count: count, to: &writer)
            for index in 0..<count { SettingsEntry(payload, at: index * SettingsEntry.size).write(to: &writer) }
        case .settingsAcknowledgement: FrameWriter.settingsAcknowledgement(to: &writer)
        case .ping(let opaque, let isAcknowledgement):
            FrameWriter.ping(opaque, isAcknowledgement: isAcknowledgement, to: &writer)
        case .goAway(let last, let code, let start, let end):
            FrameWriter.goAway(last: last, code, debug: payload.extracting(start..<end), to: &writer)
        case .windowUpdate(let increment):
            FrameWriter.windowUpdate(stream: header.stream, increment: increment, to: &writer)
        case .priorityUpdate(let stream, let start, let end):
            FrameWriter.priorityUpdate(stream: stream, field: payload.extracting(start..<end), to: &writer)
        default: break
        }
        let count = writer.count
        return Array(buffer[..<count])
    }
}
