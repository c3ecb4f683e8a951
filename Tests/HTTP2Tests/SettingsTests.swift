import Bytes
import Testing

@testable import HTTP2

@Suite("Settings, priorities and limits")
struct SettingsTests {
    @Test("RFC 9113 6.5.3: a smaller table holds from its acknowledgement on, and then has to be confirmed")
    func smallerTable() {
        var limits = HTTP2Limits()
        limits.decoderTable = 256
        var server = Endpoint(limits: limits, isOpen: false)
        server.receive(Wire.preface + Wire.settings())
        // Not acknowledged yet: the table of the beginning may still be used.
        server.receive(Wire.frame(1, flags: 5, stream: 1, [0x3f, 0xe1, 0x1f] + block(Wire.get)))
        #expect(server.events.last == "head 1 end GET example.com /")
        server.receive(Wire.frame(4, flags: 1, stream: 0))
        #expect(server.connection.awaitsAcknowledgement == false)
        server.receive(Wire.frame(1, flags: 5, stream: 3, [0x3f, 0xe1, 0x01] + block(Wire.get)))
        #expect(server.events.last == "head 3 end GET example.com /")
        var disobedient = Endpoint(limits: limits)
        disobedient.receive(Wire.headers(1))
        #expect(disobedient.events == ["failed 9 connection.compression"])
    }

    @Test("RFC 7541 4.2: a smaller table of the other end is told to it in the next block")
    func encoderTable() {
        var limits = HTTP2Limits()
        limits.encoderTable = 4_096
        var server = Endpoint(limits: limits)
        server.receive(Wire.settings([(1, 0)]) + Wire.headers(1))
        server.respond(1)
        #expect(server.sent.suffix(2) == [0x20, 0x88])
    }

    @Test("RFC 9113 7: error codes that are not known are codes like any other")
    func unknownCodes() {
        var server = Endpoint()
        server.receive(Wire.headers(1) + Wire.reset(1, 0xffff_fffe))
        #expect(server.events.last == "reset 1 4294967294 client.reset")
    }

    @Test("RFC 9113 5.5: settings, frames and codes that are not known end nothing")
    func extensions() {
        var server = Endpoint()
        server.receive(Wire.settings([(0xf0, 9)]) + Wire.frame(0xf0, stream: 1) + Wire.headers(1))
        #expect(server.events == ["head 1 end GET example.com /"])
    }

    @Test(
        "RFC 9218 4 and 5: the Priority field, and what is not understood of it",
        arguments: [
            ("", 3, false), ("u=0", 0, false), ("u=7, i", 7, true), ("i,u=2", 2, true), (" i=?0 , u=1;x=y", 1, false),
            ("u=8", 3, false), ("u=-1", 3, false), ("u", 3, false), ("i=?1;q", 3, true), (",,u=5,", 5, false),
            ("urgency=1", 3, false),
        ] as [(String, UInt8, Bool)])
    func priorityField(field: String, urgency: UInt8, isIncremental: Bool) {
        let priority = Priority(latin(field).span)
        #expect(priority.urgency == urgency)
        #expect(priority.isIncremental == isIncremental)
    }

    @Test("RFC 9218 7.1: PRIORITY_UPDATE of streams that are not there is passed over, and no server sends it")
    func priorityUpdate() {
        var server = Endpoint()
        server.receive(Wire.headers(1) + Wire.frame(0x10, stream: 0, network(1) + latin("u=6, i")))
        server.receive(Wire.frame(0x10, stream: 0, network(99) + latin("u=1")))
        #expect(server.connection.priority(server.streams[1]!).urgency == 6)
        var client = Endpoint(role: .client)
        client.receive(Wire.settings() + Wire.frame(0x10, stream: 0, network(1) + latin("u=1")))
        #expect(client.events == ["failed 1 upstream.protocol"])
    }

    @Test("what a client sends first can be told from a request of HTTP/1.1 by its first bytes")
    func preface() {
        #expect(text(HTTP2Connection.preface.bytes) == "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        #expect(HTTP2Limits().requiredInput <= 32_768)
    }

    @Test("a head that does not fit is not sent, and the stream can have another")
    func tooLargeToSend() {
        var limits = HTTP2Limits()
        limits.encodedBlock = 100
        var server = Endpoint(limits: limits)
        server.receive(Wire.headers(1))
        let stream = server.streams[1]!
        server.connection.beginFields(&server.workspace)
        server.add([":status: 200", "x: " + String(repeating: "~", count: 200)])
        var buffer = [UInt8](repeating: 0, count: 1_000)
        var writer = ByteWriter(buffer.mutableSpan)
        let outcome = server.connection.sendFields(stream, endsStream: true, &server.workspace, to: &writer)
        let count = writer.count
        #expect(outcome == .tooLarge)
        #expect(count == 0)
        server.respond(1, status: 502)
        #expect(server.frames == ["HEADERS 1 end"])
    }

    @Test("a head for which there is no room yet is sent by the same call later")
    func noRoom() {
        var server = Endpoint()
        server.receive(Wire.headers(1))
        let stream = server.streams[1]!
        server.connection.beginFields(&server.workspace)
        server.add([":status: 200"])
        var buffer = [UInt8](repeating: 0, count: 20)
        var writer = ByteWriter(buffer.mutableSpan)
        let outcome = server.connection.sendFields(stream, endsStream: true, &server.workspace, to: &writer)
        #expect(outcome == .needsOutput)
        server.send(stream, ends: true)
        #expect(server.frames == ["HEADERS 1 end"])
    }
}
