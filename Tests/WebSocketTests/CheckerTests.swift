import Testing
import WebSocket

@Suite("What may pass a WebSocket")
struct CheckerTests {
    /// A session of the client with everything in it that is allowed.
    private static let session =
        Wire.client(.text, Wire.text("grüße, 世界 and a longer text in plain letters"))
        + Wire.client(.binary, [UInt8](repeating: 0xff, count: 70_000), isFinal: false) + Wire.client(.ping, [1, 2, 3])
        + Wire.client(.continuation, [], isFinal: false) + Wire.client(.pong)
        + Wire.client(.continuation, [UInt8](repeating: 0xfe, count: 300))
        + Wire.client(.text, [0xe4, 0xb8], isFinal: false) + Wire.client(.ping)
        + Wire.client(.continuation, [0x96, 0xe7], isFinal: false) + Wire.client(.continuation, [0x95, 0x8c])
        + Wire.client(.text) + Wire.client(.close, [0x03, 0xe8] + Wire.text("bye"))

    @Test("a session passes whole, wherever it is cut, and little waits")
    func session() {
        #expect(Wire.check(Self.session, from: .client) == .success(Self.session.count))
        for step in [1, 2, 3, 5, 7, 13, 14, 100, 4_096] {
            let (result, waited) = Wire.check(Self.session, from: .client, step: step)
            #expect(result == .success(Self.session.count))
            #expect(waited < WebSocketFrame.longestHeader)
        }
    }

    @Test("a frame without a mask from the client, and one with a mask from the server, are refused")
    func masking() {
        #expect(Wire.check(Wire.server(.text), from: .client) == .failure(.unmasked))
        #expect(Wire.check(Wire.client(.text), from: .server) == .failure(.masked))
        #expect(Wire.check(Wire.server(.text), from: .server) == .success(2))
    }

    @Test("reserved bits and opcodes are refused", arguments: [0x10, 0x20, 0x30, 0x40, 0x70] as [UInt8])
    func reserved(_ bits: UInt8) {
        for opcode in WebSocketOpcode.allCases where opcode != .continuation {
            #expect(Wire.check([0x80 | bits | opcode.rawValue, 0], from: .server) == .failure(.reservedBit))
        }
        for opcode in [3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf] as [UInt8] {
            #expect(Wire.check([0x80 | opcode, 0], from: .server) == .failure(.opcode))
        }
    }

    @Test("the first reserved bit may stand at the beginning of a message where compression is agreed on")
    func compression() {
        var limits = WebSocketLimits()
        limits.allowsCompression = true
        // What is compressed is no text.
        #expect(Wire.check([0xc1, 1, 0xff], from: .server, limits) == .success(3))
        #expect(Wire.check([0x41, 1, 0xff, 0x80, 1, 0xff], from: .server, limits) == .success(6))
        #expect(Wire.check([0x41, 0, 0xc0, 0], from: .server, limits) == .failure(.reservedBit))
        #expect(Wire.check([0xc9, 0], from: .server, limits) == .failure(.reservedBit))
        #expect(Wire.check([0x81, 1, 0xff], from: .server, limits) == .failure(.text))
    }

    @Test("control frames are whole and small", arguments: [WebSocketOpcode.close, .ping, .pong])
    func control(_ opcode: WebSocketOpcode) {
        #expect(Wire.check(Wire.server(opcode, isFinal: false), from: .server) == .failure(.controlFragment))
        let payload = [0x03, 0xe8] + [UInt8](repeating: 0x78, count: 123)
        #expect(Wire.check(Wire.server(opcode, payload), from: .server) == .success(127))
        #expect(Wire.check(Wire.server(opcode, payload + [0x78]), from: .server) == .failure(.controlSize))
    }

    @Test("messages do not stand in one another, and none goes on that has not begun")
    func fragmentation() {
        let begun = Wire.server(.text, isFinal: false)
        #expect(Wire.check(begun + Wire.server(.text), from: .server) == .failure(.messageInMessage))
        #expect(Wire.check(begun + Wire.server(.binary, isFinal: false), from: .server) == .failure(.messageInMessage))
        #expect(Wire.check(Wire.server(.continuation), from: .server) == .failure(.continuation))
        let done = begun + Wire.server(.continuation)
        #expect(Wire.check(done + Wire.server(.continuation), from: .server) == .failure(.continuation))
        #expect(Wire.check(done + Wire.server(.binary), from: .server) == .success(6))
    }

    @Test(
        "texts are UTF-8 to their end, however they are cut into frames",
        arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe4, 0xb8], [0x80]] as [[UInt8]])
    func text(_ bytes: [UInt8]) {
        let payload = Wire.text("abcdefghi") + bytes
        for frame in [Wire.server(.text, payload), Wire.server(.close, [0x03, 0xe8] + payload)] {
            for step in [1, 3, 100] {
                #expect(Wire.check(frame, from: .server, step: step).result == .failure(.text))
            }
        }
        #expect(Wire.check(Wire.client(.text, payload), from: .client) == .failure(.text))
        #expect(Wire.check(Wire.client(.binary, payload), from: .client) != .failure(.text))
        for place in 0..<payload.count {
            let pieces =
                Wire.client(.text, Array(payload[..<place]), isFinal: false) + Wire.client(.ping, [0xff])
                + Wire.client(.continuation, Array(payload[place...]))
            #expect(Wire.check(pieces, from: .client) == .failure(.text))
        }
        var limits = WebSocketLimits()
        limits.checksText = false
        #expect(Wire.check(Wire.server(.text, payload), from: .server, limits) == .success(payload.count + 2))
    }

    @Test("every text in any place of a masked frame is read unmasked")
    func unmasking() {
        for start in 0..<9 {
            let payload = [UInt8](repeating: 0x61, count: start) + Wire.text("é世界𝄞 plain letters 世 and more of them")
            for step in 1...9 {
                let frame = Wire.client(.text, payload)
                #expect(Wire.check(frame, from: .client, step: step).result == .success(frame.count))
            }
        }
    }

    @Test("codes of Close frames that an end may send, and those that it may not")
    func closeCodes() {
        func close(_ code: UInt16) -> Result<Int, WebSocketFault> {
            Wire.check(Wire.server(.close, [UInt8(code >> 8), UInt8(code & 0xff)]), from: .server)
        }
        for code in [1_000, 1_001, 1_002, 1_003, 1_007, 1_008, 1_011, 1_014, 3_000, 4_999] as [UInt16] {
            #expect(close(code) == .success(4))
        }
        for code in [0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 2_999, 5_000, 65_535] as [UInt16] {
            #expect(close(code) == .failure(.closeCode))
        }
        #expect(Wire.check(Wire.server(.close), from: .server) == .success(2))
        #expect(Wire.check(Wire.server(.close, [3]), from: .server) == .failure(.closePayload))
    }

    @Test("nothing stands behind a Close frame, and nothing of a wrong one is passed on")
    func behindClose() {
        let close = Wire.client(.close, [0x03, 0xe8])
        #expect(Wire.check(close + Wire.client(.ping), from: .client) == .failure(.behindClose))
        #expect(Wire.check(close + [0], from: .client) == .failure(.behindClose))
        let ping = Wire.client(.ping)
        #expect(Wire.check(ping + close.dropLast(), from: .client) == .success(ping.count))
        var checker = WebSocketChecker(sender: .client, limits: WebSocketLimits())
        #expect(!checker.isClosed)
        let passed = try? checker.check(close.span)
        #expect(passed == close.count && checker.isClosed)
    }

    @Test("frames, messages and their number stay within the limits")
    func limits() {
        var limits = WebSocketLimits()
        limits.frame = 10
        limits.message = 15
        limits.fragments = 3
        let ten = [UInt8](repeating: 0x61, count: 10)
        #expect(Wire.check(Wire.server(.text, ten), from: .server, limits) == .success(12))
        // The header is enough to know.
        #expect(Wire.check([0x81, 11], from: .server, limits) == .failure(.frameSize))
        let begun = Wire.server(.text, ten, isFinal: false)
        #expect(Wire.check(begun + [0x80, 5], from: .server, limits) == .success(14))
        #expect(Wire.check(begun + [0x80, 6], from: .server, limits) == .failure(.messageSize))
        let empty = Wire.server(.continuation, isFinal: false)
        #expect(
            Wire.check(begun + empty + Wire.server(.continuation), from: .server, limits) == .success(16))
        #expect(Wire.check(begun + empty + empty + empty, from: .server, limits) == .failure(.fragments))
        // Each message has its own measure.
        #expect(
            Wire.check(Wire.server(.text, ten) + Wire.server(.text, ten), from: .server, limits) == .success(24))
    }

    @Test("the codes of the Close frames that say what was wrong")
    func codes() {
        #expect(WebSocketFault.text.closeCode == 1_007 && WebSocketFault.messageSize.closeCode == 1_009)
        #expect(WebSocketFault.unmasked.closeCode == 1_002)
    }
}
