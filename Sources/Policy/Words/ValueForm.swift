/// The values that an attribute takes.
public indirect enum ValueForm: Sendable {
    /// A text in quotes, which is called `what`.
    case text(what: String)

    /// A number in a range.
    case number(ClosedRange<UInt64>)

    /// A duration in a range of milliseconds.
    case duration(ClosedRange<UInt64>)

    /// A size in a range of bytes.
    case size(ClosedRange<UInt64>)

    /// A rate in a range of bytes in a second.
    case byteRate(ClosedRange<UInt64>)

    /// A version such as 1.2, one of these.
    case version([String])

    /// One of these words.
    case word([String])

    /// The name of a block of this kind.
    case reference(String)

    /// An address or an address block.
    case block

    /// One value or a list of at least one.
    case list(ValueForm)

    /// A value of the first form or of the second.
    case either(ValueForm, ValueForm)

    /// What is wanted, for a reader.
    public var description: String {
        switch self {
        case .text(let what): "\(what) in quotes"
        case .number: "a number"
        case .duration: "a duration such as 30s"
        case .size: "a size such as 64KiB"
        case .byteRate: "a rate such as 1KiB/s"
        case .version(let versions): ValueForm.alternatives(versions)
        case .word(let words): ValueForm.alternatives(words)
        case .reference(let word): "the name of a \(word)"
        case .block: "an address or an address block such as 10.0.0.0/8"
        case .list(let form): "\(form.description), or a list of such"
        case .either(let one, let other): "\(one.description), or \(other.description)"
        }
    }

    /// `value`, which is in the range of this form, as the policy writes it.
    func written(_ value: UInt64) -> String {
        switch self {
        case .duration: Unit.duration(value)
        case .size: Unit.size(value)
        case .byteRate: "\(Unit.size(value))/s"
        default: String(value)
        }
    }

    private static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        let most = 8
        if words.count > most { return "one of " + words.prefix(most).joined(separator: ", ") + ", ..." }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
