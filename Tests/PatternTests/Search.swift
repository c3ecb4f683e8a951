@testable import Pattern

/// One pattern, ready to be searched with.
final class Search {
    let set: PatternSet
    private(set) var memory: PatternMemory

    init(_ pattern: Pattern, reserve: Int = 0) {
        set = PatternSet([pattern])
        memory = PatternMemory(for: set, reserve: reserve)
    }

    convenience init(_ text: String, options: PatternOptions = .standard, reserve: Int = 0) throws {
        self.init(try Pattern(text, options: options), reserve: reserve)
    }

    /// Searches without an automaton from now on.
    func simulate() { memory.automata[0].pauseLeft = .max }

    func matches(_ text: [UInt8]) -> Bool { set.matches(0, text.span, using: &memory) }

    func matches(_ text: String) -> Bool { matches(Array(text.utf8)) }

    func firstMatch(_ text: [UInt8]) -> Range<Int>? { set.firstMatch(0, in: text.span, using: &memory) }

    func firstMatch(_ text: String) -> Range<Int>? { firstMatch(Array(text.utf8)) }
}
