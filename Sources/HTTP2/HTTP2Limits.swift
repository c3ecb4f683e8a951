/// How much one connection may hold and cost. Bytes, unless a line says otherwise.
public struct HTTP2Limits: BitwiseCopyable, Equatable, Sendable {
    /// Number of streams at once, those included that are over but whose exchange still runs.
    public var concurrentStreams: Int = 100
    /// Number of streams at once that a connection keeps however badly it behaves.
    public var leastConcurrentStreams: Int = 4
    /// What may be sent to us on one stream before it is consumed; 65,535 at least, with which connections begin.
    public var streamWindow: Int = 65_535
    /// What may be sent to us on the connection before it is consumed; 65,535 at least.
    public var connectionWindow: Int = 262_144
    /// The payload of a frame that is sent to us; 16,384 to 16,777,215.
    public var frameSize: Int = 16_384
    /// A field block as it is sent to us, its frame headers included: it is held until it is complete.
    public var fieldBlock: Int = 24_576
    /// Number of CONTINUATION frames in a field block.
    public var continuations: Int = 8
    /// A field section, decoded, as SETTINGS_MAX_HEADER_LIST_SIZE counts it.
    public var fieldSection: Int = 24_576
    /// Number of fields in a trailer section.
    public var trailerFields: Int = 32
    /// The dynamic table of what is sent to us, as RFC 7541 section 4.1 counts it.
    public var decoderTable: Int = 4_096
    /// The dynamic table of what we send; 0 for none.
    public var encoderTable: Int = 0
    /// A field block that we send.
    public var encodedBlock: Int = 32_768
    /// Number of parameters in one SETTINGS frame.
    public var settingsEntries: Int = 32
    /// Number of closed streams of which it is remembered how they ended.
    public var rememberedStreams: Int = 64
    /// Budget of frames that cost us work and lead to nothing, in units of one such frame: SETTINGS, PING,
    /// WINDOW_UPDATE, PRIORITY, PRIORITY_UPDATE, CONTINUATION, empty DATA, frames of unknown types and on streams
    /// that are over.
    public var cheapFrames: Int = 1_000
    /// What a stream costs that is reset by either end before its exchange is done, in units of the budget.
    public var resetCost: Int = 5
    /// What a finished exchange gives back to the budget.
    public var exchangeRefill: Int = 20
    /// What a DATA frame gives back to the budget, sent by either end, if it is of ``usefulData`` bytes.
    public var dataRefill: Int = 2
    /// Bytes of data from which on a DATA frame is useful work.
    public var usefulData: Int = 256
    /// Whether an extended CONNECT (RFC 8441) may open a tunnel.
    public var allowsConnectProtocol: Bool = true

    /// The defaults.
    public init() {}

    /// Bytes of input that have to be at hand at once, so that every frame and field block can be read.
    public var requiredInput: Int { max(frameSize + FrameHeader.size, fieldBlock) }
}
