/// One named limit: its word, what it counts, what it is unless the policy says otherwise, and what it may be.
public struct Setting: Equatable, Sendable {
    /// What the number counts.
    public enum Unit: UInt8, BitwiseCopyable, Sendable {
        /// Milliseconds; written `30s`, `100ms`.
        case duration

        /// Bytes; written `64KiB`.
        case size

        /// Bytes in a second; written `1KiB/s`.
        case rate

        /// Things; written as a plain number.
        case count
    }

    /// The word in the policy.
    public let word: String

    /// What the number counts.
    public let unit: Unit

    /// The value unless the policy gives one.
    public let standard: UInt64

    /// The values it may have.
    public let range: ClosedRange<UInt64>

    /// What it limits, in one line.
    public let meaning: String

    /// The setting of these parts.
    init(
        _ word: String, _ unit: Unit, _ standard: UInt64, _ range: ClosedRange<UInt64>, _ meaning: String
    ) {
        self.word = word
        self.unit = unit
        self.standard = standard
        self.range = range
        self.meaning = meaning
    }
}

/// The names of a block of limits; each has its ``Setting``, and the raw values count up from 0.
public protocol SettingName: CaseIterable, RawRepresentable, BitwiseCopyable, Hashable, Sendable
where RawValue == UInt8 {
    /// What the limit is called, counts, and may be.
    var setting: Setting { get }
}
