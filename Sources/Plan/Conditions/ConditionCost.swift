/// What conditions cost: the bytes that an evaluation looks at, at most, and a constant for each comparison. So a cost
/// is about the same as the number of nanoseconds that are spent at worst.
public enum ConditionCost {
    /// For each comparison, whatever it looks at.
    public static let comparison: UInt64 = 16

    /// For each network and block that an address is compared with: none, as the look-up has so many steps at most.
    public static let address: UInt64 = 32

    /// How many times each byte is looked at by a regular expression, and by a list of texts within a value.
    public static let automaton: UInt64 = 2

    /// The cost of a comparison under these limits.
    public static func cost(of comparison: Comparison, limits: Limits) -> UInt64 {
        let bytes = bytes(of: comparison.subject.field, limits)
        if comparison.subject.type != .bytes || comparison.comparator == .exists {
            let isAddress = comparison.subject.type == .address
            // To count values, or to measure them, they have to be found.
            return self.comparison + (isAddress ? address : 0) + (comparison.subject.field.isMultiple ? bytes : 0)
        }
        switch comparison.operand {
        case .text(let text) where comparison.comparator == .contains:
            return self.comparison + bytes + UInt64(text.count)
        case .text(let text):
            // To find values of many takes all bytes; to compare one ends with the operand.
            return self.comparison + (comparison.subject.field.isMultiple ? bytes : min(bytes, UInt64(text.count)))
        case .pattern: return self.comparison + bytes * (1 + automaton)
        case .texts, .list: return self.comparison + bytes * (comparison.comparator == .isIn ? 1 : automaton)
        case .nothing, .number, .ranges, .addresses: return self.comparison
        }
    }

    /// The bytes that the values of `field` have at most.
    private static func bytes(of field: RequestField, _ limits: Limits) -> UInt64 {
        switch field {
        case .path, .query, .queryParameter: limits[.target]
        case .header, .cookie: limits[.headSize]
        case .host: UInt64(PlanBounds.host)
        case .method, .scheme: UInt64(PlanBounds.name)
        case .port, .client, .tlsVersion, .length, .time, .weekday: 0
        }
    }
}
