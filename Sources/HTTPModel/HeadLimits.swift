/// How large the parts of a head may be. Bytes, unless a line says otherwise.
public struct HeadLimits: BitwiseCopyable, Equatable, Sendable {
    /// The whole head, from the start line to the empty line.
    public var head: Int = 24_576
    /// The method.
    public var method: Int = 32
    /// The request target.
    public var target: Int = 8_192
    /// The reason phrase of a response.
    public var reasonPhrase: Int = 512
    /// Number of fields.
    public var fields: Int = 100
    /// The name of one field; at most 65,535.
    public var fieldName: Int = 256
    /// The value of one field.
    public var fieldValue: Int = 16_384
    /// Number of options in the `Connection` fields.
    public var connectionOptions: Int = 16
    /// Number of empty lines passed over before a request line (RFC 9112 section 2.2 asks for one).
    public var leadingEmptyLines: Int = 1

    /// The defaults.
    public init() {}
}
