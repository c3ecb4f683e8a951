/// `secure_headers`: fields of responses that tell browsers to be careful.
public struct SecureHeaders: Equatable, Sendable {
    /// A field that is added.
    public struct Field: Equatable, Sendable {
        /// The name.
        public var name: String

        /// The value.
        public var value: [UInt8]

        /// Whether it is sent by TLS alone (RFC 6797 section 7.2).
        public var needsTLS: Bool

        /// The field of these parts.
        public init(_ name: String, _ value: [UInt8], needsTLS: Bool = false) {
            self.name = name
            self.value = value
            self.needsTLS = needsTLS
        }
    }

    /// The fields, none of which has another's name.
    public var fields: [Field]

    /// Whether they replace those that the application sets; otherwise the application's stay and ours is not added.
    public var overwrites: Bool

    /// The headers of these parts.
    public init(fields: [Field], overwrites: Bool = false) {
        self.fields = fields
        self.overwrites = overwrites
    }
}
