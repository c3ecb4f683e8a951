import Bytes

/// What a rule looks at: a variable, perhaps with a selector, as `!REQUEST_COOKIES:/__utm/`.
public struct Target: Hashable, Sendable {
    /// What is taken of the selected values.
    public enum Role: Sendable {
        /// Each value is looked at.
        case value

        /// `&`: how many there are is looked at.
        case count

        /// `!`: these are not looked at.
        case exclusion
    }

    /// Which values of a collection are meant.
    public enum Selector: Hashable, Sendable {
        /// All of them.
        case all

        /// Those of this name, letter case aside. Bytes as written.
        case name([UInt8])

        /// Those whose name has a match of this pattern, letter case aside.
        case pattern(RegularExpression)

        /// Of `XML`: the text of every element (`/*`).
        case xmlText

        /// Of `XML`: the value of every attribute (`//@*`).
        case xmlAttributes
    }

    /// The variable.
    public let variable: Variable

    /// Which of its values.
    public let selector: Selector

    /// What is taken of them.
    public let role: Role

    /// A target of these parts.
    public init(_ variable: Variable, _ selector: Selector = .all, role: Role = .value) {
        self.variable = variable
        self.selector = selector
        self.role = role
    }

    /// Whether two targets say the same, the letter case of names aside.
    func isSame(as other: Target) -> Bool {
        if variable != other.variable || role != other.role { return false }
        if case .name(let one) = selector, case .name(let two) = other.selector {
            return one.map(ASCII.lowercased) == two.map(ASCII.lowercased)
        }
        return selector == other.selector
    }
}
