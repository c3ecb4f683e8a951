import HTTPModel
import Plan

/// One comparison of a condition as it is evaluated: plain numbers, which name places in the tables of its
/// ``ConditionTable``.
struct ConditionTest: BitwiseCopyable {
    /// What is looked at.
    enum Field: UInt8, BitwiseCopyable {
        case path, query, queryParameter, header, cookie, method, host, scheme, port, client, tlsVersion, length
        case time, weekday
    }

    /// How it is compared.
    enum Comparison: UInt8, BitwiseCopyable {
        /// There is a value.
        case exists
        /// The bytes are, or are not, those at ``operand``.
        case equalText, notEqualText
        /// The bytes begin or end with those at ``operand``.
        case startsText, endsText
        /// The bytes are one of the set with the number ``number``.
        case inSet
        /// A text of the trie with the number ``number`` stands in the bytes, at their beginning, at their end.
        case contains, starts, ends
        /// The pattern with the number ``number`` matches the bytes.
        case matches
        /// The value is ``number``, is not, is less and so on.
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        /// The value is in one of the ranges at ``operand``.
        case inRanges
        /// The address is in one of the sets whose numbers stand at ``operand``.
        case inNetworks
    }

    var field: Field
    var measure: Subject.Measure
    var isLowercased: Bool
    /// Whether it has to hold for every value instead of for one.
    var isForAll: Bool
    var comparison = Comparison.exists

    /// The tag of the field with the name at ``name``; without one, names are compared.
    var header = FieldName.other
    var name = TextPlace()
    var operand = TextPlace()
    var number: UInt64 = 0

    init(_ subject: Subject, isForAll: Bool) {
        field = Field(subject.field)
        measure = subject.measure
        isLowercased = subject.isLowercased
        self.isForAll = isForAll
    }
}

extension ConditionTest.Field {
    init(_ field: RequestField) {
        self =
            switch field {
            case .path: .path
            case .query: .query
            case .queryParameter: .queryParameter
            case .header: .header
            case .cookie: .cookie
            case .method: .method
            case .host: .host
            case .scheme: .scheme
            case .port: .port
            case .client: .client
            case .tlsVersion: .tlsVersion
            case .length: .length
            case .time: .time
            case .weekday: .weekday
            }
    }
}

/// One step of a condition, see `Condition.Step`.
struct ConditionStep: BitwiseCopyable {
    enum Operation: UInt8, BitwiseCopyable {
        case test, not, jumpIfFalse, jumpIfTrue
    }

    var operation = Operation.not

    /// The number of the test, or of the step that is jumped to, in the tables.
    var operand: UInt32 = 0
}
