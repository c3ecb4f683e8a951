/// The units of numbers, and how numbers are written with them.
enum Unit {
    /// Durations, in milliseconds.
    static let durations: [String: UInt64] = [
        "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]

    /// Sizes, in bytes.
    static let sizes: [String: UInt64] = ["B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40]

    /// Periods of rates, in milliseconds.
    static let periods: [String: UInt64] = ["s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]

    /// All units, for a reader.
    static let list = "ms, s, m, h, d and B, KiB, MiB, GiB, TiB"

    /// The unit that was probably meant by an unknown one.
    static func meant(by text: String) -> String? {
        switch text.lowercased() {
        case "b", "byte", "bytes": "B"
        case "k", "kb", "kib": "KiB"
        case "mb", "mib": "MiB"
        case "g", "gb", "gib": "GiB"
        case "t", "tb", "tib": "TiB"
        case "ms", "msec": "ms"
        case "s", "sec", "secs", "second", "seconds": "s"
        case "min", "mins", "minute", "minutes": "m"
        case "m": "MiB"
        case "h", "hr", "hour", "hours": "h"
        case "d", "day", "days": "d"
        default: nil
        }
    }

    /// How many of `count` in so many milliseconds come in one second; the period is at least a second.
    static func perSecond(_ count: UInt64, milliseconds: UInt64) -> UInt64 {
        // In two steps, so that no product overflows.
        count / milliseconds * 1000 + count % milliseconds * 1000 / milliseconds
    }

    /// `milliseconds` in the largest unit that it is a whole number of.
    static func duration(_ milliseconds: UInt64) -> String { written(milliseconds, durations, zero: "0s") }

    /// `bytes` in the largest unit that it is a whole number of.
    static func size(_ bytes: UInt64) -> String { written(bytes, sizes, zero: "0B") }

    private static func written(_ value: UInt64, _ units: [String: UInt64], zero: String) -> String {
        if value == 0 { return zero }
        let fitting = units.filter { value % $0.value == 0 }
        guard let unit = fitting.max(by: { $0.value < $1.value }) else { return String(value) }
        return "\(value / unit.value)\(unit.key)"
    }
}
