public import Pattern

/// A regular expression of a rule, with its program when it has one of linear time.
public struct RegularExpression: Sendable {
    /// What there is to search with.
    public enum Program: Sendable {
        /// The compiled pattern.
        case compiled(Pattern)

        /// The pattern is correct, but needs what an automaton does not do. Whether it can be searched for is decided
        /// by who runs the rules.
        case needs(Need, PatternError)
    }

    /// What an automaton does not do.
    public enum Need: String, CaseIterable, Sendable {
        /// `(?=…)`, `(?!…)`, `(?<=…)` or `(?<!…)`.
        case lookAround

        /// `\1`, `\k<name>` or `(?P=name)`.
        case backReference

        /// `(?>…)` or a possessive repetition that may change the answer.
        case atomicGroup
    }

    /// The text of the pattern.
    public let text: [UInt8]

    /// How the text is read.
    public let options: PatternOptions

    /// What there is to search with.
    public let program: Program

    /// Compiles `text`, unless it is no regular expression that is known.
    public init(_ text: [UInt8], options: PatternOptions) throws(PatternError) {
        self.text = text
        self.options = options
        do throws(PatternError) {
            program = .compiled(try Pattern(text.span, options: options))
        } catch {
            switch error.reason {
            case .lookAround: program = .needs(.lookAround, error)
            case .backReference: program = .needs(.backReference, error)
            case .atomicGroup: program = .needs(.atomicGroup, error)
            default: throw error
            }
        }
    }

    /// What the pattern needs beyond an automaton, if it does.
    public var need: Need? {
        if case .needs(let need, _) = program { need } else { nil }
    }
}

extension RegularExpression: Hashable {
    /// Whether text and options are equal, and so everything else.
    public static func == (one: RegularExpression, other: RegularExpression) -> Bool {
        one.text == other.text && one.options == other.options
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(options.rawValue)
    }
}

extension PatternOptions {
    /// mod_security2's `@rx`: `.` takes line feeds, `$` is the very end, texts are bytes.
    public static let ofOperators: PatternOptions = [.dotAll, .rawBytes]

    /// mod_security2's selectors, as in `ARGS:/x/`: the same, letter case aside.
    public static let ofSelectors: PatternOptions = [.dotAll, .rawBytes, .caseless]

    /// mod_security2's selections of rules by tag or message: `.` takes no line feeds.
    public static let ofSelections: PatternOptions = [.rawBytes]
}
