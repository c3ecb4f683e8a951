internal import Bytes

/// The date of a response (RFC 9110 section 5.6.7, IMF-fixdate), made once a second.
struct HTTPDate {
    private var text = InlineArray<29, UInt8>(repeating: 0x20)
    private var second: UInt64 = .max

    init() {}

    /// Brings the text to `seconds` since 1970-01-01T00:00:00Z.
    mutating func update(_ seconds: UInt64) {
        if seconds == second { return }
        second = seconds
        let days = Int(seconds / 86_400)
        let civil = HTTPDate.civil(days: days)
        var writer = ByteWriter(text.mutableSpan)
        writer.append(HTTPDate.weekdays.bytes.extracting(((days + 4) % 7) * 3..<((days + 4) % 7) * 3 + 3))
        writer.append(", ")
        writer.append(decimal: UInt64(civil.day), width: 2)
        writer.append(0x20)
        writer.append(HTTPDate.months.bytes.extracting((civil.month - 1) * 3..<civil.month * 3))
        writer.append(0x20)
        writer.append(decimal: UInt64(civil.year), width: 4)
        writer.append(0x20)
        writer.append(decimal: seconds % 86_400 / 3_600, width: 2)
        writer.append(0x3a)
        writer.append(decimal: seconds % 3_600 / 60, width: 2)
        writer.append(0x3a)
        writer.append(decimal: seconds % 60, width: 2)
        writer.append(" GMT")
    }

    /// `Mon, 23 Nov 2026 18:00:00 GMT`.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { text.span }
    }

    private static let weekdays: StaticString = "SunMonTueWedThuFriSat"
    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    /// Year, month and day of a day since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }
}
