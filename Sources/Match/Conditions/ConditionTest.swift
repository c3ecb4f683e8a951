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
        /// The method is one of those whose bits ``number`` has, see ``methodBit(_:)``.
        case inMethods
        /// The text of the trie with the number ``number`` stands somewhere in the bytes; ``word`` has the two
        /// neighbours in it that are likely to be the rarest.
        case containsText
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

    /// Whether the bytes of the value are compared as they are.
    var isPlain: Bool
    /// Whether it has to hold for every value instead of for one.
    var isForAll: Bool
    var comparison = Comparison.exists

    /// The tag of the field with the name at ``name``; without one, names are compared.
    var header = FieldName.other
    var name = TextPlace()
    var operand = TextPlace()
    var number: UInt64 = 0

    /// The first eight bytes of the text at ``operand``, for ``Comparison/endsText`` the last, and which bits of a
    /// word of the value are to be compared with them: most comparisons are decided by these.
    var word: UInt64 = 0
    var mask: UInt64 = 0

    init(_ subject: Subject, isForAll: Bool) {
        field = Field(subject.field)
        measure = subject.measure
        isLowercased = subject.isLowercased
        isPlain = subject.measure == .value && !subject.isLowercased
        self.isForAll = isForAll
    }

    /// The bit of a method in a set of methods.
    static func methodBit(_ method: Method) -> UInt64 { 1 &<< UInt64(method.rawValue) }
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

/// One step of a condition: a test, and where its outcome leads. What stands between two tests in `Condition.Step` is
/// settled when the table is built.
struct ConditionStep: BitwiseCopyable {
    /// What the request's word has to be in the bits of the mask for the test to hold.
    var word: UInt64 = 0
    var mask: UInt64 = 0
    var gate = ConditionGate.open

    /// The number of the test in the tables.
    var test: UInt32 = 0

    /// The number of the next step, or ``accepts`` or ``rejects``.
    var ifTrue = ConditionStep.rejects
    var ifFalse = ConditionStep.rejects

    /// The condition holds.
    static var accepts: UInt32 { .max }

    /// The condition does not hold. Numbers of steps are below.
    static var rejects: UInt32 { .max - 1 }
}
