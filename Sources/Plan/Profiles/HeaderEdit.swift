/// One change of a head's fields. Names are compared without regard to case.
public struct HeaderEdit: Equatable, Sendable {
    /// What is done.
    public enum Operation: UInt8, BitwiseCopyable, Sendable {
        /// The field has this value alone: lines with its name are removed, and one is added.
        case set = 1

        /// A line is added; others with its name stay.
        case add = 2

        /// Lines with its name are removed. The value is empty.
        case remove = 3
    }

    /// What is done.
    public var operation: Operation

    /// The name of the field, as written.
    public var name: String

    /// The value, without white space around it and without control characters.
    public var value: [UInt8]

    /// The change of these parts.
    public init(_ operation: Operation, _ name: String, _ value: [UInt8] = []) {
        self.operation = operation
        self.name = name
        self.value = value
    }
}
