import Testing

@testable import Audit

@Suite("Timestamp: moments in the logs")
struct TimestampTests {
    @Test(
        "moments are written as RFC 3339, with microseconds, in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_399_999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (951_868_800_000_000, "2000-03-01T00:00:00.000000Z"),
            (1_077_926_400_000_001, "2004-02-28T00:00:00.000001Z"),
            (1_795_456_800_123_456, "2026-11-23T18:00:00.123456Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            (UInt64.max, "9999-12-31T23:59:59.999999Z"),
        ] as [(UInt64, String)])
    func written(microseconds: UInt64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test("every day from 1970 to 2400 is the day after the day before, and reads back")
    func everyDay() {
        var calendar = CalendarTime(year: 1970, month: 1, day: 1)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as [UInt64]
        for day in 0..<UInt64(157_000) {
            let time = Timestamp(microseconds: day * 86_400_000_000)
            #expect(CalendarTime(time) == calendar)
            #expect(calendar.timestamp == time)
            let isLeap = calendar.year % 4 == 0 && calendar.year % 100 != 0 || calendar.year % 400 == 0
            let length = lengths[Int(calendar.month) - 1] + (calendar.month == 2 && isLeap ? 1 : 0)
            calendar.day += 1
            if calendar.day > length { (calendar.day, calendar.month) = (1, calendar.month + 1) }
            if calendar.month > 12 { (calendar.month, calendar.year) = (1, calendar.year + 1) }
        }
    }

    @Test("the compact and the combined form")
    func otherForms() {
        let time = Timestamp(microseconds: 1_795_456_805_123_456)
        #expect(compactTime(time) == "20261123T180005Z 23/Nov/2026:18:00:05 +0000")
    }

    @Test(
        "moments are read with what is missing from the right taken as 0, and without a zone as UTC",
        arguments: [
            ("2026-11-23", "2026-11-23T00:00:00.000000Z"), ("2026-11-23 18:00", "2026-11-23T18:00:00.000000Z"),
            ("2026-11-23T18:00:05.5", "2026-11-23T18:00:05.500000Z"),
            ("2026-11-23t18:00:05z", "2026-11-23T18:00:05.000000Z"),
            ("2026-11-24T03:00+09:00", "2026-11-23T18:00:00.000000Z"),
            ("2026-11-23T18:00:05.1234567899-01:30", "2026-11-23T19:30:05.123456Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
        ])
    func read(text: String, same: String) { #expect(Timestamp(text)?.description == same) }

    @Test(
        "what is no moment is not read",
        arguments: [
            "", "2026", "2026-13-01", "2026-02-29", "2026-11-31", "2026-11-23T24:00", "2026-11-23T18", "2026-11-23T18:60",
            "2026-11-23T18:00:61", "2026-11-23T18:00:00.", "2026-11-23T18:00+9", "2026-11-23T18:00+24:00",
            "2026-11-23T18:00Zx", "1969-12-31", "1970-01-01T00:00+01:00", "20261123T180000Z", " 2026-11-23",
        ])
    func notRead(text: String) { #expect(Timestamp(text) == nil) }
}
