/// How large the parts of a chunked body may be that are not data.
public struct ChunkLimits: BitwiseCopyable, Equatable, Sendable {
    /// Number of hexadecimal digits in a chunk size.
    public var sizeDigits: Int = 16
    /// Bytes of extensions behind one chunk size.
    public var chunkExtension: Int = 256
    /// Bytes of extensions in one body.
    public var extensions: Int = 16_384
    /// Bytes of the trailer section, its empty line included.
    public var trailer: Int = 4_096
    /// Number of fields in the trailer section.
    public var trailerFields: Int = 32

    /// The defaults.
    public init() {}
}
