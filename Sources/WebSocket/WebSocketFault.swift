/// Why what one end sends is no WebSocket, or more than it may be.
public enum WebSocketFault: UInt8, BitwiseCopyable, CaseIterable, Error, Sendable {
    /// A reserved bit is set that no extension gives a meaning (RFC 6455 section 5.2).
    case reservedBit
    /// The opcode is one of those that mean nothing (section 5.2).
    case opcode
    /// A client's frame is not masked (section 5.1).
    case unmasked
    /// A server's frame is masked (section 5.1).
    case masked
    /// The length is written in more bytes than it needs, or has its highest bit set (section 5.2).
    case lengthForm
    /// A control frame has more than 125 bytes (section 5.5).
    case controlSize
    /// A control frame is not the last of its message (section 5.5).
    case controlFragment
    /// A message begins before the last one has ended (section 5.4).
    case messageInMessage
    /// More of a message comes, and none is under way (section 5.4).
    case continuation
    /// The payload of a Close frame is one byte (section 5.5.1).
    case closePayload
    /// The code of a Close frame is none that an end may send (section 7.4).
    case closeCode
    /// A text, or the reason of a Close frame, is not UTF-8 (section 8.1).
    case text
    /// Something stands behind a Close frame (section 5.5.1).
    case behindClose
    /// A frame is larger than its limit.
    case frameSize
    /// A message is larger than its limit.
    case messageSize
    /// A message has more frames than its limit.
    case fragments

    /// The status code of the Close frame that says so (RFC 6455 section 7.4.1).
    public var closeCode: UInt16 {
        switch self {
        case .text: 1_007
        case .frameSize, .messageSize, .fragments: 1_009
        default: 1_002
        }
    }
}
