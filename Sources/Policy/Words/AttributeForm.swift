import Plan

/// The form of an attribute: its word, the values it takes, and what it is without one.
public struct AttributeForm: Sendable {
    /// The word before the `=`.
    public let word: String

    /// The values it takes.
    public let value: ValueForm

    /// Whether it must be given.
    public let isRequired: Bool

    /// What holds when it is not given, for a reader.
    public let standard: String?

    /// What it means, in one sentence.
    public let meaning: String

    init(
        _ word: String, _ value: ValueForm, required: Bool = false, standard: String? = nil, _ meaning: String
    ) {
        self.word = word
        self.value = value
        isRequired = required
        self.standard = standard
        self.meaning = meaning
    }

    /// The form of a limit.
    init(_ setting: Setting) {
        let value: ValueForm =
            switch setting.unit {
            case .duration: .duration(setting.range)
            case .size: .size(setting.range)
            case .rate: .byteRate(setting.range)
            case .count: .number(setting.range)
            }
        self.init(setting.word, value, standard: value.written(setting.standard), setting.meaning)
    }
}
