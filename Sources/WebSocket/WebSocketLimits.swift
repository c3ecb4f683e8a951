/// How large the parts of what one end sends may be, and what is looked at.
public struct WebSocketLimits: BitwiseCopyable, Equatable, Sendable {
    /// Bytes of payload of one frame.
    public var frame: UInt64 = 16 << 20
    /// Bytes of payload of one message.
    public var message: UInt64 = 64 << 20
    /// Number of frames of one message.
    public var fragments: Int = 16_384
    /// Whether texts have to be UTF-8. Compressed ones are not looked into.
    public var checksText: Bool = true
    /// Whether both ends have agreed on compression (RFC 7692), which gives the first reserved bit of a message its
    /// meaning.
    public var allowsCompression: Bool = false

    /// The defaults.
    public init() {}
}
