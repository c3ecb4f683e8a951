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

    /// A rate of things in a time, in a range of things.
    case rate(ClosedRange<UInt64>)

    /// A percentage.
    case percent

    /// One of these words, or one of the second with a text in brackets: `header["x"]`.
    case key([String], indexed: [String])

    /// The names of blocks of several kinds, each with its kind: `limit.per_ip`.
    case profile([String])

    /// `reject` and a status, or `delay`.
    case excess

    /// Two paths, the second of which replaces the first.
    case replacement

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
        case .rate: "a rate such as 50/s"
        case .percent: "a percentage such as 5%"
        case .key(let words, let indexed): ValueForm.alternatives(words + indexed.map { "\($0)[\"name\"]" })
        case .profile(let kinds): ValueForm.alternatives(kinds.map { "\($0).NAME" })
        case .excess: "reject with a status, or delay"
        case .replacement: "two paths in quotes"
        case .version(let versions): ValueForm.alternatives(versions)
        case .word(let words): ValueForm.alternatives(words)
        case .reference(let word): "the name of a \(word)"
        case .block: "an address or an address block such as 10.0.0.0/8"
        case .list(let form): "\(form.description), or a list of such"
        case .either(let one, let other): "\(one.description), or \(other.description)"
        }
    }

    /// Whether several values without brackets follow the `=`.
    var isSequence: Bool {
        switch self {
        case .excess, .replacement: true
        default: false
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
