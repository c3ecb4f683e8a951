public import Bytes

/// What stands before the payload of a frame (RFC 6455 section 5.2).
public struct WebSocketFrame: BitwiseCopyable, Equatable, Sendable {
    /// What the payload is.
    public var opcode: WebSocketOpcode
    /// Whether this is the last frame of its message.
    public var isFinal: Bool
    /// Whether the message that begins here is compressed (RFC 7692): the first of the reserved bits.
    public var isCompressed: Bool
    /// The key of the payload's masking; nil when it is not masked.
    public var maskingKey: MaskingKey?
    /// Bytes of payload, below 2^63.
    public var length: UInt64

    /// Bytes of the longest header: two, a length of eight, a key of four.
    public static var longestHeader: Int { 14 }

    /// The most bytes of payload of a control frame (RFC 6455 section 5.5).
    public static var longestControl: UInt64 { 125 }

    /// A frame of these parts.
    public init(
        _ opcode: WebSocketOpcode, length: UInt64, isFinal: Bool = true, isCompressed: Bool = false,
        maskingKey: MaskingKey? = nil
    ) {
        self.opcode = opcode
        self.isFinal = isFinal
        self.isCompressed = isCompressed
        self.maskingKey = maskingKey
        self.length = length
    }

    /// Bytes of the header.
    public var headerSize: Int {
        2 + (length <= WebSocketFrame.longestControl ? 0 : length < 1 << 16 ? 2 : 8) + (maskingKey == nil ? 0 : 4)
    }

    /// Reads the header at `start`; nil when not all of it is there.
    ///
    /// - Throws: what is wrong with it whoever sends it, and whatever came before.
    public static func read(_ bytes: Span<UInt8>, at start: Int) throws(WebSocketFault) -> WebSocketFrame? {
        if bytes.count &- start < 2 { return nil }
        let first = bytes[start]
        let second = bytes[start + 1]
        if first & 0x30 != 0 { throw .reservedBit }
        guard let opcode = WebSocketOpcode(rawValue: first & 0xf) else { throw .opcode }
        let isMasked = second & 0x80 != 0
        let short = second & 0x7f
        let lengthSize = short == 126 ? 2 : short == 127 ? 8 : 0
        let keyStart = start + 2 + lengthSize
        if bytes.count < keyStart + (isMasked ? 4 : 0) { return nil }
        var frame = WebSocketFrame(
            opcode, length: UInt64(short), isFinal: first & 0x80 != 0, isCompressed: first & 0x40 != 0)
        if lengthSize > 0 { frame.length = try length(bytes, at: start + 2, lengthSize) }
        if isMasked {
            frame.maskingKey = MaskingKey(
                bytes[keyStart], bytes[keyStart + 1], bytes[keyStart + 2], bytes[keyStart + 3])
        }
        return frame
    }

    /// A length of `size` bytes, which must need them.
    private static func length(
        _ bytes: Span<UInt8>, at start: Int, _ size: Int
    ) throws(WebSocketFault) -> UInt64 {
        var length: UInt64 = 0
        for index in start..<start + size { length = length << 8 | UInt64(bytes[index]) }
        if length >> 63 != 0 || length < (size == 2 ? longestControl + 1 : 1 << 16) { throw .lengthForm }
        return length
    }

    /// Writes the header.
    @_lifetime(writer: copy writer)
    public func writeHeader(to writer: inout ByteWriter) {
        precondition(length >> 63 == 0)
        writer.append(opcode.rawValue | (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0))
        let mask: UInt8 = maskingKey == nil ? 0 : 0x80
        if length <= WebSocketFrame.longestControl {
            writer.append(mask | UInt8(length))
        } else if length < 1 << 16 {
            writer.append(mask | 126)
            writer.append(littleEndian: UInt16(length).byteSwapped)
        } else {
            writer.append(mask | 127)
            writer.append(littleEndian: length.byteSwapped)
        }
        if let maskingKey { writer.append(littleEndian: maskingKey.word) }
    }

    /// Writes a Close frame with status code `code` and no reason, masked where a client sends it.
    @_lifetime(writer: copy writer)
    public static func writeClose(_ code: UInt16, maskingKey: MaskingKey? = nil, to writer: inout ByteWriter) {
        WebSocketFrame(.close, length: 2, maskingKey: maskingKey).writeHeader(to: &writer)
        writer.append(UInt8(truncatingIfNeeded: code >> 8) ^ (maskingKey?.byte(at: 0) ?? 0))
        writer.append(UInt8(truncatingIfNeeded: code) ^ (maskingKey?.byte(at: 1) ?? 0))
    }
}
