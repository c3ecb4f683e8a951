/// One comparison of a condition: what is compared, how, and with what.
///
/// A comparison of a value that a request does not have is false, whatever the operator; see ``Quantifier`` for values
/// that occur more than once. `!=` without a quantifier is compiled into `==` and ``Condition/Step/not``, so that it is
/// true when there is no value.
public struct Comparison: Hashable, Sendable {
    /// Which of several values decide.
    public enum Quantifier: UInt8, BitwiseCopyable, Sendable {
        /// One value for which the comparison holds is enough; without a value it is false.
        case any = 1

        /// The comparison holds for every value; without a value it is true.
        case all = 2
    }

    /// How a value is compared with the operand.
    public enum Operator: UInt8, BitwiseCopyable, Sendable {
        /// The value is the operand.
        case equal = 1

        /// The value is not the operand.
        case notEqual = 2

        /// The number is less than the operand.
        case less = 3

        /// The number is the operand or less.
        case lessOrEqual = 4

        /// The number is greater than the operand.
        case greater = 5

        /// The number is the operand or greater.
        case greaterOrEqual = 6

        /// The value is one of the operand's.
        case isIn = 7

        /// The operand, or one of its texts, stands somewhere in the value.
        case contains = 8

        /// The value begins with the operand, or with one of its texts.
        case starts = 9

        /// The value ends with the operand, or with one of its texts.
        case ends = 10

        /// The regular expression finds something in the value.
        case matches = 11

        /// There is a value. The operand is ``Operand/nothing``.
        case exists = 12
    }

    /// What a value is compared with.
    public enum Operand: Hashable, Sendable {
        /// Nothing: with ``Operator/exists``.
        case nothing

        /// These bytes: with `equal`, `notEqual`, `contains`, `starts`, `ends`.
        case text([UInt8])

        /// One of these: with `isIn`, `contains`, `starts`, `ends`.
        case texts([[UInt8]])

        /// One of the texts of the list with this number: with `isIn`, `contains`, `starts`, `ends`.
        case list(Int)

        /// This regular expression: with `matches`. It is kept as written, and compiled by whoever evaluates.
        case pattern([UInt8])

        /// This number: with `equal`, `notEqual` and the four of order.
        case number(UInt64)

        /// The numbers in these ranges, both ends included: with `isIn`.
        case ranges([ClosedRange<UInt64>])

        /// The addresses in the networks with these numbers and in these blocks: with `isIn`.
        case addresses(networks: [Int], blocks: [AddressBlock])
    }

    /// What is compared.
    public var subject: Subject

    /// Which of several values decide; ``Quantifier/any`` for what occurs once.
    public var quantifier: Quantifier

    /// How it is compared.
    public var comparator: Operator

    /// What it is compared with.
    public var operand: Operand

    /// The comparison of these parts.
    public init(_ subject: Subject, _ comparator: Operator, _ operand: Operand, quantifier: Quantifier = .any) {
        self.subject = subject
        self.quantifier = quantifier
        self.comparator = comparator
        self.operand = operand
    }
}
