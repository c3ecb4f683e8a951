/// A text in which variables are replaced by their values, as `%{TX.0} found within %{MATCHED_VAR_NAME}`.
public struct MacroText: Hashable, Sendable {
    /// A run of bytes, or what is put in their place.
    public enum Part: Hashable, Sendable {
        /// Bytes that stand for themselves.
        case literal([UInt8])

        /// `%{variable}`, or `%{variable.member}`: the value, or the first of several.
        case variable(Variable, member: [UInt8]?)
    }

    /// The parts in their order; neighbours are never both literal.
    public let parts: [Part]

    /// The text as it is written.
    public let source: [UInt8]

    /// The text `source`, which has these parts.
    public init(_ parts: [Part], source: [UInt8]) {
        self.parts = parts
        self.source = source
    }

    /// A text without variables.
    public init(_ bytes: [UInt8]) { self.init(bytes.isEmpty ? [] : [.literal(bytes)], source: bytes) }

    /// The bytes, if there is no variable in the text.
    public var literal: [UInt8]? {
        if parts.isEmpty { return [] }
        if parts.count == 1, case .literal(let bytes) = parts[0] { return bytes }
        return nil
    }

    /// The variables of the text, in their order.
    public var variables: [Variable] {
        parts.compactMap { part in
            if case .variable(let variable, _) = part { variable } else { nil }
        }
    }
}
