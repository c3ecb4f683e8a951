/// Names one stream of one connection for as long as it is not released, and nothing afterwards.
public struct StreamReference: BitwiseCopyable, Equatable, Sendable {
    let index: Int
    let generation: UInt32

    /// The identifier on the wire (RFC 9113 section 5.1.1).
    public let identifier: UInt32
}
