/// What `setvar` does: `tx.score=+5`, `ip.counter=1`, `!ip.counter`.
public struct Assignment: Hashable, Sendable {
    /// What happens to the value.
    public enum Operation: Hashable, Sendable {
        /// It becomes this.
        case set(MacroText)

        /// This number is added to it.
        case add(MacroText)

        /// This number is taken from it.
        case subtract(MacroText)

        /// It ceases to be.
        case remove
    }

    /// Where it is.
    public let collection: CollectionName

    /// Its name; names are equal letter case aside.
    public let name: MacroText

    /// What happens to it.
    public let operation: Operation
}

/// What `expirevar` does: `ip.counter=60`.
public struct Expiry: Hashable, Sendable {
    /// Where the value is.
    public let collection: CollectionName

    /// Its name; names are equal letter case aside.
    public let name: MacroText

    /// Seconds from now until it ceases to be.
    public let seconds: MacroText
}
