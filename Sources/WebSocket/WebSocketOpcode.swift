/// What the payload of a frame is (RFC 6455 sections 5.2 and 11.8).
public enum WebSocketOpcode: UInt8, BitwiseCopyable, CaseIterable, Sendable {
    /// More of the message that is under way.
    case continuation = 0x0
    /// The beginning of a message that is text.
    case text = 0x1
    /// The beginning of a message that is bytes.
    case binary = 0x2
    /// The end of what its sender sends.
    case close = 0x8
    /// A question whether the other end is there.
    case ping = 0x9
    /// The answer to it, or a sign of life.
    case pong = 0xa

    /// Whether the frame concerns the connection, and may stand between the frames of a message.
    public var isControl: Bool { rawValue & 0x8 != 0 }
}
