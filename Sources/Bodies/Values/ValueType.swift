/// What a leaf of a JSON text is. Values of other kinds are all text.
public enum ValueType: UInt8, BitwiseCopyable, Sendable, Equatable {
    case text, number, boolean, null
}
