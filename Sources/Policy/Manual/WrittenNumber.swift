/// How a policy writes numbers with units.
public enum WrittenNumber {
    /// `milliseconds` in the largest unit that it is a whole number of: `90s`, `2h`.
    public static func duration(_ milliseconds: UInt64) -> String { Unit.duration(milliseconds) }

    /// `bytes` in the largest unit that it is a whole number of: `64KiB`.
    public static func size(_ bytes: UInt64) -> String { Unit.size(bytes) }

    /// So many in so many milliseconds: `20/min`. A period that has no unit of its own is given as it is.
    public static func rate(_ count: UInt64, milliseconds: UInt64) -> String {
        let period = Unit.periods.first { $0.value == milliseconds }?.key
        return "\(count)/\(period ?? duration(milliseconds))"
    }

    /// Hundredths of a percent: `5%`, `0.25%`.
    public static func percentage(_ hundredths: UInt64) -> String {
        let fraction = hundredths % 100
        let digits = fraction % 10 == 0 ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
        return fraction == 0 ? "\(hundredths / 100)%" : "\(hundredths / 100).\(digits)%"
    }
}
