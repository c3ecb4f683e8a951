import Plan

/// A value in the policy, where it stands.
struct Value {
    enum Kind {
        /// A text in quotes.
        case text(String)

        /// A word, or words with dots between them: `on`, `pool.wiki`.
        case reference([String])

        /// A number without a unit.
        case number(UInt64)

        /// Two numbers with a dot between them, such as the version `1.2`.
        case decimal(UInt64, UInt64)

        /// Milliseconds.
        case duration(UInt64)

        /// Bytes.
        case size(UInt64)

        /// So many things in so many milliseconds.
        case rate(UInt64, milliseconds: UInt64)

        /// So many bytes in so many milliseconds.
        case byteRate(UInt64, milliseconds: UInt64)

        /// An address.
        case address(IPAddress)

        /// An address with the length of a prefix.
        case block(AddressBlock)

        /// A day of the calendar.
        case date(year: Int, month: Int, day: Int)

        /// A time of day, in seconds since midnight; 86,400 is midnight at the end of the day.
        case time(UInt64)

        /// From a time of day up to another, in seconds since midnight.
        case timeRange(UInt64, UInt64)

        /// Hundredths of a percent.
        case percent(UInt64)

        /// A word with a text in brackets: `header["x"]`.
        case indexed([String], String)

        /// Values in brackets.
        case list([Value])

        /// Something that a diagnostic was given for.
        case wrong
    }

    let kind: Kind
    let span: SourceSpan

    /// What it is, for a reader.
    var description: String {
        switch kind {
        case .text: "a text in quotes"
        case .reference: "a word"
        case .number: "a number without a unit"
        case .decimal: "a version"
        case .duration: "a duration"
        case .size: "a size"
        case .rate: "a rate"
        case .byteRate: "a rate of bytes"
        case .address: "an address"
        case .block: "an address block"
        case .date: "a date"
        case .time: "a time of day"
        case .timeRange: "a range of times"
        case .percent: "a percentage"
        case .indexed: "a word with an index"
        case .list: "a list"
        case .wrong: "not a value"
        }
    }

    /// The values of a list, or the one value that stands where a list may.
    var elements: [Value] {
        if case .list(let values) = kind { return values }
        return [self]
    }
}
