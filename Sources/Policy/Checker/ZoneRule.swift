import Bytes
import Plan

/// The footer of a time zone: the offset, and between which days of a year another holds (POSIX.1 `TZ`, RFC 9636
/// section 3.3), such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
    /// A day of the year and a time on it.
    private enum Day {
        /// The day 1 to 365, where February 29 never counts.
        case julian(Int)

        /// The day 0 to 365.
        case zeroBased(Int)

        /// The weekday, 0 for Sunday, of this week of a month, 5 being the last.
        case weekday(month: Int, week: Int, day: Int)
    }

    private var text: Substring
    private var standard: Int32 = 0
    private var summer: (offset: Int32, start: Day, startTime: Int64, end: Day, endTime: Int64)?

    /// The rule that `text` is; nil when it is none.
    init?(_ text: String) {
        self.text = text[...]
        guard skipName(), let standard = readOffset() else { return nil }
        // POSIX counts to the west.
        self.standard = Int32(-standard)
        if self.text.isEmpty { return }
        guard skipName() else { return nil }
        let summer = self.text.first == "," ? standard - 3_600 : readOffset()
        guard let summer, take(","), let start = readDay(), let startTime = readTime(), take(","), let end = readDay(),
            let endTime = readTime(), self.text.isEmpty
        else { return nil }
        self.summer = (Int32(-summer), start, startTime, end, endTime)
    }

    /// The offsets from `start` through `end`, in seconds since 1970-01-01 00:00 UTC; the first holds at `start`.
    func transitions(from start: Int64, through end: Int64) -> [Zone.Transition] {
        guard let summer else { return [Zone.Transition(start: start, offset: standard)] }
        var transitions: [Zone.Transition] = []
        let first = 1970 + Int(start / 31_556_952) - 1
        for year in first...(1970 + Int(end / 31_556_952) + 1) {
            let begin = seconds(of: summer.start, in: year) + summer.startTime - Int64(standard)
            let finish = seconds(of: summer.end, in: year) + summer.endTime - Int64(summer.offset)
            transitions.append(Zone.Transition(start: begin, offset: summer.offset))
            transitions.append(Zone.Transition(start: finish, offset: standard))
        }
        return transitions.sorted { $0.start < $1.start }
    }

    private func seconds(of day: Day, in year: Int) -> Int64 {
        let newYear = Calendar.days(year: year, month: 1, day: 1)
        switch day {
        case .julian(let number):
            return (newYear + Int64(number - 1 + (Calendar.isLeap(year) && number > 59 ? 1 : 0))) * 86_400
        case .zeroBased(let number): return (newYear + Int64(number)) * 86_400
        case .weekday(let month, let week, let day):
            let first = Calendar.days(year: year, month: month, day: 1)
            // 1970-01-01 was a Thursday.
            let weekday = Int(((first + 4) % 7 + 7) % 7)
            var date = 1 + (day - weekday + 7) % 7 + (week - 1) * 7
            if date > Calendar.days(inMonth: month, of: year) { date -= 7 }
            return (first + Int64(date - 1)) * 86_400
        }
    }

    // MARK: Reading

    private mutating func take(_ character: Character) -> Bool {
        if text.first != character { return false }
        text = text.dropFirst()
        return true
    }

    /// A name of letters, or of anything between `<` and `>`.
    private mutating func skipName() -> Bool {
        if take("<") {
            guard let close = text.firstIndex(of: ">") else { return false }
            text = text[text.index(after: close)...]
            return true
        }
        let count = text.prefix { $0.isASCII && $0.isLetter }.count
        text = text.dropFirst(count)
        return count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func readOffset() -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = readNumber(0...167) else { return nil }
        var seconds = Int64(hours) * 3_600
        if take(":") {
            guard let minutes = readNumber(0...59) else { return nil }
            seconds += Int64(minutes) * 60
            if take(":") {
                guard let rest = readNumber(0...59) else { return nil }
                seconds += Int64(rest)
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// The time behind a day; 02:00 when there is none.
    private mutating func readTime() -> Int64? { take("/") ? readOffset() : 7_200 }

    private mutating func readDay() -> Day? {
        if take("M") {
            guard let month = readNumber(1...12), take("."), let week = readNumber(1...5), take("."),
                let day = readNumber(0...6)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }
        if take("J") { return readNumber(1...365).map { .julian($0) } }
        return readNumber(0...365).map { .zeroBased($0) }
    }

    private mutating func readNumber(_ range: ClosedRange<Int>) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), range.contains(number) else { return nil }
        text = text.dropFirst(digits.count)
        return number
    }
}
