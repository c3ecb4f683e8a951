/// Literals without which a text cannot match: what a gate looks for before it asks an automaton.
///
/// All are in lower case and are to be looked for in the text with the letters of ASCII made lower case. So one search
/// serves patterns of both kinds, at the price of letting a few texts through that the automaton then refuses.
public struct RequiredFactors: Sendable, Equatable {
    /// Every text that matches contains at least one literal of each of these sets; the most telling set first. At most
    /// ``PatternBounds/factorSets`` sets; none when nothing is required.
    public let sets: [[[UInt8]]]

    /// Every match begins with one of these literals; empty when it may begin with anything.
    public let prefixes: [[UInt8]]

    /// What `expression` requires.
    init(_ expression: Expression) {
        let factors = FactorAnalysis(expression)
        let candidates = factors.candidates.filter { !$0.isEmpty && $0.allSatisfy { !$0.isEmpty } }
        let best = candidates.sorted { FactorAnalysis.isMoreTelling($0, than: $1) }
        var kept: [[[UInt8]]] = []
        for set in best where kept.count < PatternBounds.factorSets && !kept.contains(set) { kept.append(set) }
        sets = kept
        prefixes = factors.beginnings.contains { $0.isEmpty } ? [] : factors.beginnings
    }
}
