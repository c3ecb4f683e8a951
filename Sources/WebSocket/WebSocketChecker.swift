internal import Bytes

/// Checks what one end of a WebSocket sends (RFC 6455), however it is cut into reads, and without changing it.
///
/// What it says may be passed on is whole headers with what follows them: a header that is wrong is never passed on,
/// nor is a Close frame whose payload is.
public struct WebSocketChecker: BitwiseCopyable, Sendable {
    /// Whose frames are checked.
    public enum Sender: UInt8, BitwiseCopyable, Sendable {
        /// The client, which masks.
        case client
        /// The server, which does not.
        case server
    }

    /// The end whose frames these are.
    public let sender: Sender

    /// Whether the sender has sent a Close frame, behind which nothing may stand.
    public private(set) var isClosed = false

    private let limits: WebSocketLimits
    /// Bytes of the current frame's payload that are still to come, and that have come.
    private var left: UInt64 = 0
    private var passed: UInt64 = 0
    private var key: MaskingKey?
    /// Whether the current payload is text that is looked into.
    private var isText = false
    private var message = Message()

    /// The message that is under way.
    private struct Message: BitwiseCopyable {
        var isOpen = false
        var isText = false
        var size: UInt64 = 0
        var frames = 0
        var encoding = UTF8Validator()
    }

    /// A checker for what `sender` sends behind the handshake.
    public init(sender: Sender, limits: WebSocketLimits) {
        self.sender = sender
        self.limits = limits
    }

    /// Checks `bytes`, which begin where the last call said that the rest begins.
    ///
    /// - Returns: how many of them may be passed on. The rest, less than a header or a Close frame, must be given again
    ///   with more behind.
    /// - Throws: what is wrong; nothing of the sender's may be passed on any more.
    public mutating func check(_ bytes: Span<UInt8>) throws(WebSocketFault) -> Int {
        var position = 0
        while position < bytes.count {
            if left > 0 {
                position = try takePayload(bytes, from: position)
                continue
            }
            if isClosed { throw .behindClose }
            guard let frame = try WebSocketFrame.read(bytes, at: position) else { return position }
            try admit(frame)
            if frame.opcode == .close {
                if UInt64(bytes.count &- position &- frame.headerSize) < frame.length { return position }
                position = try takeClose(frame, bytes, from: position &+ frame.headerSize)
            } else {
                position &+= frame.headerSize
                try begin(frame)
            }
        }
        return position
    }

    /// Whether `frame` may come now.
    private func admit(_ frame: WebSocketFrame) throws(WebSocketFault) {
        if sender == .client && frame.maskingKey == nil { throw .unmasked }
        if sender == .server && frame.maskingKey != nil { throw .masked }
        // Compression is of whole messages, and said with their first frame (RFC 7692 section 6).
        let mayCompress = limits.allowsCompression && (frame.opcode == .text || frame.opcode == .binary)
        if frame.isCompressed && !mayCompress { throw .reservedBit }
        if frame.opcode.isControl {
            if !frame.isFinal { throw .controlFragment }
            if frame.length > WebSocketFrame.longestControl { throw .controlSize }
            return
        }
        if message.isOpen != (frame.opcode == .continuation) {
            throw message.isOpen ? .messageInMessage : .continuation
        }
        if frame.length > limits.frame { throw .frameSize }
        let size = message.isOpen ? message.size : 0
        if size > limits.message || frame.length > limits.message - size { throw .messageSize }
        if message.isOpen && message.frames >= limits.fragments { throw .fragments }
    }

    /// Begins the payload of a frame that is no Close frame.
    private mutating func begin(_ frame: WebSocketFrame) throws(WebSocketFault) {
        left = frame.length
        passed = 0
        key = frame.maskingKey
        isText = false
        if frame.opcode.isControl { return }
        if frame.opcode != .continuation {
            message = Message()
            message.isText = frame.opcode == .text && limits.checksText && !frame.isCompressed
        }
        isText = message.isText
        message.isOpen = !frame.isFinal
        message.size &+= frame.length
        message.frames &+= 1
        if left == 0 { try endText() }
    }

    /// Takes what there is of the payload; returns where it ends.
    private mutating func takePayload(_ bytes: Span<UInt8>, from start: Int) throws(WebSocketFault) -> Int {
        let available = bytes.count &- start
        let count = left < UInt64(available) ? Int(left) : available
        if isText { try checkText(bytes.extracting(start..<start &+ count), &message.encoding) }
        left &-= UInt64(count)
        passed &+= UInt64(count)
        if left == 0 { try endText() }
        return start &+ count
    }

    /// A message that has ended must not end within a character.
    private func endText() throws(WebSocketFault) {
        if isText && !message.isOpen && !message.encoding.isComplete { throw .text }
    }

    /// Checks the bytes of a payload, of which ``passed`` came before, unmasked.
    private func checkText(_ bytes: Span<UInt8>, _ encoding: inout UTF8Validator) throws(WebSocketFault) {
        var index = 0
        while index < bytes.count {
            let offset = passed &+ UInt64(index)
            // Eight letters of ASCII at once, which most texts are made of.
            if encoding.isComplete && bytes.count &- index >= 8 {
                if (bytes.word(at: index) ^ (key?.double(at: offset) ?? 0)) & 0x8080_8080_8080_8080 == 0 {
                    index &+= 8
                    continue
                }
            }
            if !encoding.accept(bytes[index] ^ (key?.byte(at: offset) ?? 0)) { throw .text }
            index &+= 1
        }
    }

    /// Takes a Close frame, whose payload begins at `start` and is there; returns where it ends.
    private mutating func takeClose(
        _ frame: WebSocketFrame, _ bytes: Span<UInt8>, from start: Int
    ) throws(WebSocketFault) -> Int {
        let end = start &+ Int(frame.length)
        isClosed = true
        if frame.length == 0 { return end }
        if frame.length == 1 { throw .closePayload }
        key = frame.maskingKey
        passed = 0
        let high = bytes[start] ^ (key?.byte(at: 0) ?? 0)
        let low = bytes[start + 1] ^ (key?.byte(at: 1) ?? 0)
        if !WebSocketChecker.isSendable(UInt16(high) << 8 | UInt16(low)) { throw .closeCode }
        passed = 2
        var encoding = UTF8Validator()
        try checkText(bytes.extracting(start &+ 2..<end), &encoding)
        if !encoding.isComplete { throw .text }
        return end
    }

    /// Whether an end may send a Close frame with `code`: those that are registered for that, and those of
    /// libraries and applications (RFC 6455 section 7.4).
    private static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1_000...1_003, 1_007...1_014, 3_000...4_999: true
        default: false
        }
    }
}
