extension CheckedBlock {
    /// The number, in the unit of its form, that the attribute `word` has: milliseconds, bytes, bytes in a second.
    func number(_ word: String) -> UInt64? {
        switch value(word)?.kind {
        case .number(let number), .duration(let number), .size(let number): number
        case .byteRate(let size, let time): Unit.perSecond(size, milliseconds: time)
        default: nil
        }
    }

    /// The text that the attribute `word` has.
    func text(_ word: String) -> String? {
        if case .text(let text) = value(word)?.kind { return text }
        return nil
    }

    /// The word that the attribute `word` has.
    func word(_ word: String) -> String? {
        if case .reference(let parts) = value(word)?.kind { return parts.joined(separator: ".") }
        return nil
    }
}

extension Value {
    /// The text that this is.
    var text: String? {
        if case .text(let text) = kind { return text }
        return nil
    }
}
