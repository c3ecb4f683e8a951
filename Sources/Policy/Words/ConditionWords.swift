import Plan

/// The words of conditions: fields, functions and operators.
public enum ConditionWords {
    /// A word with its meaning.
    public struct Word: Sendable {
        /// The word.
        public let word: String

        /// What it is, in one sentence.
        public let meaning: String
    }

    /// A field of a request.
    public struct Field: Sendable {
        /// The word.
        public let word: String

        /// Whether a name in brackets follows, or may follow.
        public let index: Index

        /// What it is, in one sentence.
        public let meaning: String
    }

    /// Whether a name in brackets follows a field.
    public enum Index: Sendable {
        /// Never.
        case none

        /// It may.
        case optional

        /// Always.
        case required
    }

    /// The fields.
    public static let fields: [Field] = [
        Field(word: "path", index: .none, meaning: "The canonical path, without the query. Bytes."),
        Field(
            word: "query", index: .optional,
            meaning: "The whole query as received; with a name, the decoded values of that parameter. Bytes."),
        Field(word: "header", index: .required, meaning: "The values of a field, one for each line. Bytes."),
        Field(word: "cookie", index: .required, meaning: "The values of a cookie. Bytes."),
        Field(word: "user_agent", index: .none, meaning: "The same as header[\"user-agent\"]. Bytes."),
        Field(word: "method", index: .none, meaning: "The method, as in method in [GET, POST]. Bytes."),
        Field(word: "host", index: .none, meaning: "The host in lower case, without port and final dot. Bytes."),
        Field(word: "scheme", index: .none, meaning: "http or https. Bytes."),
        Field(word: "port", index: .none, meaning: "The port that the request names, or that of its scheme. A number."),
        Field(word: "client", index: .none, meaning: "The address of the client."),
        Field(word: "tls.version", index: .none, meaning: "1.2 or 1.3; without TLS there is no value."),
        Field(
            word: "length", index: .none,
            meaning: "The declared length of the body; none when it comes in chunks. A number, or a size."),
        Field(word: "time", index: .none, meaning: "The time of day, as in time in 08:00-18:00."),
        Field(word: "weekday", index: .none, meaning: "The day of the week, as in weekday in mon-fri."),
    ]

    /// The functions.
    public static let functions: [Word] = [
        Word(word: "lower", meaning: "The bytes with the letters of ASCII in lower case."),
        Word(word: "len", meaning: "The number of bytes."),
        Word(word: "count", meaning: "How many values a query parameter, header or cookie has."),
        Word(word: "exists", meaning: "Whether there is a value."),
        Word(word: "any", meaning: "Whether the comparison in it holds for one of several values."),
        Word(word: "all", meaning: "Whether the comparison in it holds for every value; also when there is none."),
    ]

    /// The operators.
    public static let operators: [Word] = [
        Word(word: "==", meaning: "Is equal."), Word(word: "!=", meaning: "Is not equal."),
        Word(word: "<", meaning: "Is less."), Word(word: "<=", meaning: "Is less or equal."),
        Word(word: ">", meaning: "Is greater."), Word(word: ">=", meaning: "Is greater or equal."),
        Word(word: "in", meaning: "Is one of a list, in a network, in a range."),
        Word(word: "contains", meaning: "Holds a text, or one of a list."),
        Word(word: "starts", meaning: "Begins with a text, or with one of a list."),
        Word(word: "ends", meaning: "Ends with a text, or with one of a list."),
        Word(word: "matches", meaning: "Holds what a regular expression finds."),
    ]

    /// The days of the week, Monday first.
    public static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The operator that `word` is.
    static func comparator(_ word: String) -> Comparison.Operator? {
        switch word {
        case "==": .equal
        case "!=": .notEqual
        case "<": .less
        case "<=": .lessOrEqual
        case ">": .greater
        case ">=": .greaterOrEqual
        case "in": .isIn
        case "contains": .contains
        case "starts": .starts
        case "ends": .ends
        case "matches": .matches
        default: nil
        }
    }
}
