/// One change of a head's fields. Names are compared without regard to letter case.
public struct FieldEdit: Equatable, Sendable {
    /// What is done.
    public enum Operation: Sendable {
        /// Lines with the name are removed, and one with the value is added.
        case set

        /// A line with the value is added; others stay.
        case add

        /// Lines with the name are removed.
        case remove

        /// A line with the value is added unless there is one with the name.
        case provide
    }

    /// What is done.
    public let operation: Operation

    /// The name of the field, a token.
    public let name: [UInt8]

    /// The value, as it may stand in a field line; empty for ``Operation/remove``.
    public let value: [UInt8]

    /// The change of these parts.
    public init(_ operation: Operation, _ name: [UInt8], _ value: [UInt8] = []) {
        self.operation = operation
        self.name = name
        self.value = value
    }
}
