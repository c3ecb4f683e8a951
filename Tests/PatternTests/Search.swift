import Pattern

/// One pattern, ready to be searched with.
struct Search: ~Copyable {
    let set: PatternSet
    var memory: PatternMemory

    init(_ pattern: Pattern, reserve: Int = 0) {
        set = PatternSet([pattern])
        memory = PatternMemory(for: set, reserve: reserve)
    }

    init(_ text: String, options: PatternOptions = .standard, reserve: Int = 0) throws {
        self.init(try Pattern(text, options: options), reserve: reserve)
    }

    mutating func matches(_ text: [UInt8]) -> Bool { set.matches(0, text.span, using: &memory) }

    mutating func matches(_ text: String) -> Bool { matches(Array(text.utf8)) }

    mutating func firstMatch(_ text: [UInt8]) -> Range<Int>? { set.firstMatch(0, in: text.span, using: &memory) }

    mutating func firstMatch(_ text: String) -> Range<Int>? { firstMatch(Array(text.utf8)) }
}
