public import Plan

/// What is asked of each value: an operator with its argument, perhaps negated.
public struct RuleOperator: Hashable, Sendable {
    /// Whether what is asked must not hold.
    public let isNegated: Bool

    /// What is asked.
    public let operation: Operation

    /// The argument as it was written, after the quotes of the file were read.
    public let argument: [UInt8]

    /// An operator of these parts.
    public init(isNegated: Bool = false, _ operation: Operation, argument: [UInt8] = []) {
        self.isNegated = isNegated
        self.operation = operation
        self.argument = argument
    }
}

extension RuleOperator {
    /// The operators with their arguments.
    public enum Operation: Hashable, Sendable {
        /// `@rx`.
        case rx(RegularExpression)

        /// `@rx` with variables in its text: the pattern is known only when they are.
        case rxOfMacros(MacroText)

        /// `@rxGlobal`: as `@rx`, but every match is captured.
        case rxGlobal(RegularExpression)

        /// `@pm` and `@pmFromFile`: one of the phrases, letter case aside. `file` is as the rule writes it, if it does.
        case pm(phrases: [[UInt8]], file: String?)

        /// `@eq`, `@ge`, `@gt`, `@le`, `@lt`.
        case compare(NumericRelation, MacroText)

        /// `@beginsWith` and its like.
        case text(TextRelation, MacroText)

        /// `@ipMatch` and `@ipMatchFromFile`. `file` is as the rule writes it, if it does.
        case ipMatch([AddressBlock], file: String?)

        /// `@validateByteRange`: holds when a byte is none of these.
        case validateByteRange(ByteRanges)

        /// `@validateUrlEncoding`.
        case validateURLEncoding

        /// `@validateUtf8Encoding`.
        case validateUTF8Encoding

        /// `@detectSQLi`.
        case detectSQLi

        /// `@detectXSS`.
        case detectXSS

        /// `@verifyCC` and its like: whether a match of the pattern is a number whose check digits are right.
        case verify(CheckedNumber, RegularExpression)

        /// `@geoLookup`.
        case geoLookup

        /// `@rbl` in the zone of this name.
        case rbl(String)

        /// `@unconditionalMatch`: always, and so the whole value.
        case unconditionalMatch

        /// `@noMatch`: never.
        case noMatch
    }

    /// How two numbers stand to each other. The raw value is the operator's name.
    public enum NumericRelation: String, CaseIterable, Sendable {
        /// Equal.
        case eq

        /// Greater or equal.
        case ge

        /// Greater.
        case gt

        /// Less or equal.
        case le

        /// Less.
        case lt
    }

    /// How a value and the argument stand to each other, letter case counting. The raw value is the operator's name.
    public enum TextRelation: String, CaseIterable, Sendable {
        /// The value begins with the argument.
        case beginsWith

        /// The argument is in the value.
        case contains

        /// The argument is in the value, with no letter, digit or `_` beside it.
        case containsWord

        /// The value ends with the argument.
        case endsWith

        /// They are equal.
        case streq

        /// As ``contains``.
        case strmatch

        /// The value is in the argument.
        case within
    }

    /// Numbers with check digits. The raw value is the operator's name.
    public enum CheckedNumber: String, CaseIterable, Sendable {
        /// Payment cards (ISO/IEC 7812, Luhn).
        case verifyCC

        /// Cadastro de Pessoas Físicas of Brazil.
        case verifyCPF

        /// Social security numbers of the United States.
        case verifySSN

        /// Sozialversicherungsnummern of Austria.
        case verifySVNR
    }
}
