/// What a comparison looks at: a field of the request, and what of it.
public struct Subject: Hashable, Sendable {
    /// What of a field is compared.
    public enum Measure: UInt8, BitwiseCopyable, Sendable {
        /// Its value, or each of its values.
        case value = 1

        /// The number of bytes of its value, or of each of its values.
        case length = 2

        /// How many values it has, from 0.
        case count = 3
    }

    /// The field.
    public var field: RequestField

    /// Whether ASCII letters are taken in lower case before bytes are compared. Always false unless ``measure`` is
    /// ``Measure/value``.
    public var isLowercased: Bool

    /// What of the field is compared.
    public var measure: Measure

    /// The subject of these parts.
    public init(_ field: RequestField, _ measure: Measure = .value, isLowercased: Bool = false) {
        self.field = field
        self.isLowercased = isLowercased
        self.measure = measure
    }

    /// The type of what is compared.
    public var type: ValueType { measure == .value ? field.type : .number }
}

/// The types of what is compared.
public enum ValueType: UInt8, BitwiseCopyable, Sendable {
    /// Bytes.
    case bytes

    /// A number.
    case number

    /// An address.
    case address

    /// Seconds since midnight, 0 to 86,399, as a number.
    case time

    /// The day of the week as a number, 1 for Monday to 7 for Sunday (ISO 8601).
    case weekday

    /// A version of TLS, as the number of the protocol, see ``TLSVersion``.
    case tlsVersion
}
