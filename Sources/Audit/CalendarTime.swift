/// A ``Timestamp`` as the Gregorian calendar and a clock show it, in UTC.
struct CalendarTime: BitwiseCopyable, Equatable {
    var year: UInt64
    /// 1 to 12.
    var month: UInt64
    /// 1 to 31.
    var day: UInt64
    var hour: UInt64
    var minute: UInt64
    var second: UInt64
    var microsecond: UInt64

    /// The English names that the combined log format has for the months.
    static let monthNames: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    init(_ time: Timestamp) {
        let seconds = time.microseconds / 1_000_000
        microsecond = time.microseconds % 1_000_000
        hour = seconds / 3600 % 24
        minute = seconds / 60 % 60
        second = seconds % 60
        // Years are counted from 1 March, so that the leap day is the last of its year, in cycles of 400 years.
        let days = seconds / 86_400 + CalendarTime.daysBefore1970
        let cycle = days / 146_097
        let dayOfCycle = days % 146_097
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        // Five months from March on have 153 days, twice a year.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    }

    /// The moment, or nil when there is no such day or time, or it is before 1970 or after 9999.
    /// A leap second (`:60`) is the second after it.
    var timestamp: Timestamp? {
        guard (1970...9999).contains(year), (1...12).contains(month), day >= 1, day <= daysInMonth, hour < 24,
            minute < 60, second <= 60, microsecond < 1_000_000
        else { return nil }
        let yearFromMarch = month <= 2 ? year - 1 : year
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let days =
            yearFromMarch * 365 + yearFromMarch / 4 - yearFromMarch / 100 + yearFromMarch / 400
            + (153 * monthFromMarch + 2) / 5 + day - 1 - CalendarTime.daysBefore1970
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(microseconds: seconds * 1_000_000 + microsecond)
    }

    private var daysInMonth: UInt64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1 March of the year 0 to 1 January 1970.
    private static let daysBefore1970: UInt64 = 719_468
}

extension CalendarTime {
    init(
        year: UInt64, month: UInt64, day: UInt64, hour: UInt64 = 0, minute: UInt64 = 0, second: UInt64 = 0,
        microsecond: UInt64 = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }
}
