/// The form of a block: its word, its labels, and the words that may stand in it.
///
/// The forms of ``PolicyWords`` are the one table that the parser, the checker, its suggestions and the manual share.
public struct BlockForm: Sendable {
    /// What follows the word of a block.
    public enum Label: Sendable {
        /// Nothing.
        case none

        /// The name by which other blocks refer to it.
        case name

        /// So many texts, which are called `what`.
        case texts(ClosedRange<Int>, what: String)

        /// How many labels there may be.
        var count: ClosedRange<Int> {
            switch self {
            case .none: 0...0
            case .name: 1...1
            case .texts(let count, _): count
            }
        }
    }

    /// Whether a block has braces.
    public enum Brace: Sendable {
        /// Always.
        case required

        /// Its attributes may also follow it in its line.
        case optional

        /// Never.
        case absent
    }

    /// How often a block may stand in the block around it.
    public enum Occurrence: Sendable {
        /// At most once.
        case once

        /// As often as wanted.
        case many

        /// At least once.
        case some
    }

    /// The word it begins with.
    public let word: String

    /// What follows the word.
    public let label: Label

    /// Whether it has braces.
    public let brace: Brace

    /// How often it may stand in the block around it.
    public let occurrence: Occurrence

    /// What it is for, in one sentence.
    public let meaning: String

    /// How it is written, in one line.
    public let example: String

    /// The attributes that may stand in it.
    public let attributes: [AttributeForm]

    /// The blocks that may stand in it.
    public let blocks: [BlockForm]

    /// The values that may stand in it without a word, if any.
    public let element: ValueForm?

    /// What `key = value` may stand in it where the key is no word, if any.
    public let entry: EntryForm?

    /// Whether `when` and a condition may follow the labels.
    public let takesCondition: Bool

    /// The value that follows the labels behind a `=`, if any.
    public let assigned: ValueForm?

    /// The words of the sentence that follows; a block with any has neither labels nor braces.
    public let clauses: [ClauseForm]

    init(
        _ word: String, label: Label = .none, brace: Brace = .required, occurs occurrence: Occurrence = .many,
        _ meaning: String, example: String, attributes: [AttributeForm] = [], blocks: [BlockForm] = [],
        element: ValueForm? = nil, entry: EntryForm? = nil, takesCondition: Bool = false, assigned: ValueForm? = nil,
        clauses: [ClauseForm] = []
    ) {
        self.word = word
        self.label = label
        self.brace = brace
        self.occurrence = occurrence
        self.meaning = meaning
        self.example = example
        self.attributes = attributes
        self.blocks = blocks
        self.element = element
        self.entry = entry
        self.takesCondition = takesCondition
        self.assigned = assigned
        self.clauses = clauses
    }

    /// The form of the attribute `word` in this block.
    func attribute(_ word: String) -> AttributeForm? { attributes.first { $0.word == word } }

    /// The form of the block `word` in this block.
    func block(_ word: String) -> BlockForm? { blocks.first { $0.word == word } }

    /// The words that may stand in this block.
    var words: [String] { attributes.map(\.word) + blocks.map(\.word) }
}
