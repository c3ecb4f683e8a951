import Plan

/// A time of day on a day of the calendar, `2026-11-23 10:00`, as clocks in some zone show it.
struct LocalTime: Equatable {
    /// Seconds since 1970-01-01 00:00, as if the zone were UTC.
    private let seconds: Int64

    /// - Throws: that `text` is no such time.
    init(_ text: String) throws(OperatorError) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let date = parts.first?.split(separator: "-").compactMap { Int64($0) } ?? []
        let clock = parts.last?.split(separator: ":").compactMap { Int64($0) } ?? []
        guard parts.count == 2, date.count == 3, clock.count == 2, (1970...9999).contains(date[0]),
            (1...12).contains(date[1]), (1...31).contains(date[2]), (0...23).contains(clock[0]),
            (0...59).contains(clock[1])
        else { throw OperatorError("'\(text)' is not a time; write one such as 2026-11-23 10:00") }
        let day = CalendarDay.number(year: date[0], month: date[1], day: date[2])
        if CalendarDay(day).day != date[2] { throw OperatorError("'\(text)' is not a day of the calendar") }
        seconds = day * 86_400 + clock[0] * 3_600 + clock[1] * 60
    }

    /// Seconds since 1970-01-01 00:00 UTC. Of two such times, when clocks are put back, it is the later one.
    func seconds(in zone: Zone) -> Int64 {
        let guess = seconds - Int64(zone.offset(at: seconds))
        return seconds - Int64(zone.offset(at: guess))
    }
}
