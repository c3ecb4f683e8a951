import Plan

extension ValueForm {
    /// What the manual says of the values: their type, their units and their range, as the rest of a sentence.
    public var manual: String {
        switch self {
        case .text(let what): "\(what) in quotes"
        case .number(let range): "a number\(ValueForm.bounds(range, self))"
        case .duration(let range): "a duration in ms, s, m, h or d\(ValueForm.bounds(range, self))"
        case .size(let range): "a size in B, KiB, MiB, GiB or TiB\(ValueForm.bounds(range, self))"
        case .byteRate(let range): "a size for each s, min, h or d\(ValueForm.bounds(range, self))"
        case .rate(let range): "\(range.lowerBound) to \(range.upperBound) things for each s, min, h or d"
        case .percent: "a percentage"
        case .key(let words, let indexed): ValueForm.choice(words + indexed.map { "\($0)[\"name\"]" })
        case .profile(let kinds): "the name of a block, with its kind: " + ValueForm.choice(kinds.map { "\($0).NAME" })
        case .excess: "reject and a status, or delay"
        case .replacement: "two paths in quotes, the second instead of the first"
        case .version(let versions): ValueForm.choice(versions)
        case .word(let words): ValueForm.choice(words)
        case .reference(let word): "the name of a \(word) block"
        case .block: "an address or an address block"
        case .list(let form): "\(form.manual), or a list of such"
        case .either(let one, let other): "\(one.manual), or \(other.manual)"
        }
    }

    private static func bounds(_ range: ClosedRange<UInt64>, _ form: ValueForm) -> String {
        " from \(form.written(range.lowerBound)) to \(form.written(range.upperBound))"
    }

    private static func choice(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
