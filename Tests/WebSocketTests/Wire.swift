import Bytes
import WebSocket

/// Frames as an end may send them, right or wrong.
enum Wire {
    static let key = MaskingKey(0x37, 0xfa, 0x21, 0x3d)
    private static let keyBytes: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]

    /// A frame of the client, masked.
    static func client(_ opcode: WebSocketOpcode, _ payload: [UInt8] = [], isFinal: Bool = true) -> [UInt8] {
        let masked = payload.enumerated().map { $1 ^ keyBytes[$0 % 4] }
        return header(
            WebSocketFrame(opcode, length: UInt64(payload.count), isFinal: isFinal, maskingKey: key)) + masked
    }

    /// A frame of the server.
    static func server(_ opcode: WebSocketOpcode, _ payload: [UInt8] = [], isFinal: Bool = true) -> [UInt8] {
        header(WebSocketFrame(opcode, length: UInt64(payload.count), isFinal: isFinal)) + payload
    }

    static func header(_ frame: WebSocketFrame) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: WebSocketFrame.longestHeader)
        var writer = ByteWriter(bytes.mutableSpan)
        frame.writeHeader(to: &writer)
        let count = writer.count
        return Array(bytes[..<count])
    }

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// The frame whose header `bytes` begin with.
    static func read(_ bytes: [UInt8]) throws -> WebSocketFrame? { try WebSocketFrame.read(bytes.span, at: 0) }

    /// What becomes of bytes that come at once: how many may be passed on, or what is wrong.
    static func check(
        _ bytes: [UInt8], from sender: WebSocketChecker.Sender, _ limits: WebSocketLimits = WebSocketLimits()
    ) -> Result<Int, WebSocketFault> {
        var checker = WebSocketChecker(sender: sender, limits: limits)
        return Result { () throws(WebSocketFault) in try checker.check(bytes.span) }
    }

    /// The same, when they come in pieces of `step` bytes; also how many bytes waited at most.
    static func check(
        _ bytes: [UInt8], from sender: WebSocketChecker.Sender, step: Int,
        _ limits: WebSocketLimits = WebSocketLimits()
    ) -> (result: Result<Int, WebSocketFault>, waited: Int) {
        var checker = WebSocketChecker(sender: sender, limits: limits)
        var passed = 0
        var waited = 0
        var given = 0
        while given < bytes.count {
            given = min(given + step, bytes.count)
            do throws(WebSocketFault) {
                passed += try checker.check(Array(bytes[passed..<given]).span)
            } catch { return (.failure(error), waited) }
            waited = max(waited, given - passed)
        }
        return (.success(passed), waited)
    }
}
