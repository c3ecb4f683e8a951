import Bytes
import Testing
import WebSocket

@Suite("Frames of WebSocket")
struct FrameTests {
    @Test("the examples of RFC 6455 section 5.7")
    func examples() throws {
        let hello = Wire.text("Hello")
        #expect(Wire.server(.text, hello) == [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f])
        #expect(
            Wire.client(.text, hello) == [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58])
        #expect(Wire.server(.text, Wire.text("Hel"), isFinal: false) == [0x01, 0x03, 0x48, 0x65, 0x6c])
        #expect(Wire.server(.continuation, Wire.text("lo")) == [0x80, 0x02, 0x6c, 0x6f])
        #expect(Wire.server(.ping, hello) == [0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f])
        #expect(
            Wire.client(.pong, hello) == [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58])
        #expect(Wire.header(WebSocketFrame(.binary, length: 256)) == [0x82, 0x7e, 0x01, 0x00])
        #expect(Wire.header(WebSocketFrame(.binary, length: 65_536)) == [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0])
        for bytes in [Wire.server(.text, hello), Wire.client(.text, hello)] {
            let frame = try #require(try Wire.read(bytes))
            #expect(frame.opcode == .text && frame.isFinal && frame.length == 5 && bytes.count == frame.headerSize + 5)
        }
    }

    @Test(
        "a header is read as it was written, and no part of one is a header",
        arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1 << 32, UInt64(Int64.max)])
    func roundTrip(_ length: UInt64) throws {
        for opcode in WebSocketOpcode.allCases {
            for bits in 0..<8 {
                let frame = WebSocketFrame(
                    opcode, length: length, isFinal: bits & 1 == 0, isCompressed: bits & 2 == 0,
                    maskingKey: bits & 4 == 0 ? Wire.key : nil)
                let bytes = Wire.header(frame)
                #expect(bytes.count == frame.headerSize && bytes.count <= WebSocketFrame.longestHeader)
                #expect(try Wire.read(bytes + [1, 2]) == frame)
                for count in 0..<bytes.count {
                    #expect(try Wire.read(Array(bytes[..<count])) == nil)
                }
            }
        }
    }

    @Test("a length that needs fewer bytes, or has its highest bit set, is refused")
    func lengths() {
        let wrong: [[UInt8]] = [
            [0x82, 0x7e, 0, 125], [0x82, 0x7e, 0, 0], [0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
            [0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0],
        ]
        for bytes in wrong {
            #expect(throws: WebSocketFault.lengthForm) { try WebSocketFrame.read(bytes.span, at: 0) }
        }
    }

    @Test("a Close frame of ours is one that we would let pass", arguments: [nil, Wire.key])
    func close(_ key: MaskingKey?) {
        for fault in WebSocketFault.allCases {
            var bytes = [UInt8](repeating: 0, count: 20)
            var writer = ByteWriter(bytes.mutableSpan)
            WebSocketFrame.writeClose(fault.closeCode, maskingKey: key, to: &writer)
            let count = writer.count
            let result = Wire.check(Array(bytes[..<count]), from: key == nil ? .server : .client)
            #expect(result == .success(key == nil ? 4 : 8))
        }
    }
}
