public import Bytes

extension ByteWriter {
    /// Appends `time` as RFC 3339 writes it, with microseconds and `Z`: `2026-11-23T18:00:00.123456Z`.
    @_lifetime(self: copy self)
    public mutating func append(rfc3339 time: Timestamp) {
        let calendar = CalendarTime(time)
        var text = InlineArray<27, UInt8>(repeating: UInt8(ascii: "-"))
        var span = text.mutableSpan
        put(calendar.year, 4, at: 0, &span)
        put(calendar.month, 2, at: 5, &span)
        put(calendar.day, 2, at: 8, &span)
        span[10] = UInt8(ascii: "T")
        putClock(calendar, at: 11, &span)
        span[19] = UInt8(ascii: ".")
        put(calendar.microsecond, 6, at: 20, &span)
        span[26] = UInt8(ascii: "Z")
        append(text.span)
    }

    /// Appends `time` as the combined log format writes it: `23/Nov/2026:18:00:00 +0000`.
    @_lifetime(self: copy self)
    public mutating func append(combinedTime time: Timestamp) {
        let calendar = CalendarTime(time)
        var text = InlineArray<20, UInt8>(repeating: UInt8(ascii: "/"))
        var span = text.mutableSpan
        put(calendar.day, 2, at: 0, &span)
        let name = (Int(calendar.month) - 1) * 3
        for index in 0..<3 { span[3 + index] = CalendarTime.monthNames.bytes[name + index] }
        put(calendar.year, 4, at: 7, &span)
        span[11] = UInt8(ascii: ":")
        putClock(calendar, at: 12, &span)
        append(text.span)
        append(" +0000")
    }

    /// Appends `time` without punctuation, to the second: `20261123T180000Z` (ISO 8601, basic format).
    @_lifetime(self: copy self)
    public mutating func append(compactTime time: Timestamp) {
        let calendar = CalendarTime(time)
        append(decimal: calendar.year, width: 4)
        append(decimal: calendar.month, width: 2)
        append(decimal: calendar.day, width: 2)
        append(UInt8(ascii: "T"))
        append(decimal: calendar.hour, width: 2)
        append(decimal: calendar.minute, width: 2)
        append(decimal: calendar.second, width: 2)
        append(UInt8(ascii: "Z"))
    }
}

/// Puts `hh:mm:ss` into `span`.
private func putClock(_ calendar: CalendarTime, at position: Int, _ span: inout MutableSpan<UInt8>) {
    put(calendar.hour, 2, at: position, &span)
    span[position + 2] = UInt8(ascii: ":")
    put(calendar.minute, 2, at: position + 3, &span)
    span[position + 5] = UInt8(ascii: ":")
    put(calendar.second, 2, at: position + 6, &span)
}

private func put(_ value: UInt64, _ width: Int, at position: Int, _ span: inout MutableSpan<UInt8>) {
    var rest = value
    for index in stride(from: position + width - 1, through: position, by: -1) {
        span[index] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
        rest /= 10
    }
}

extension Timestamp {
    /// The moment written as RFC 3339 has it; what is left out from the right is 0, and without a zone it is UTC:
    /// `2026-11-23`, `2026-11-23 18:00`, `2026-11-23T18:00:00.5+09:00`. Nil when `text` is none of this.
    public init?(_ text: Span<UInt8>) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2)
        else { return nil }
        var calendar = CalendarTime(year: year, month: month, day: day)
        var offset: Int64 = 0
        if !reader.atEnd {
            guard reader.skip("T") || reader.skip("t") || reader.skip(" "), reader.readClock(into: &calendar),
                let zone = reader.zone()
            else { return nil }
            offset = zone
        }
        guard reader.atEnd, let local = calendar.timestamp else { return nil }
        let microseconds = Int64(local.microseconds) - offset * 60_000_000
        if microseconds < 0 { return nil }
        self.init(microseconds: UInt64(microseconds))
    }

    /// The moment written as `text`, see ``init(_:)-(Span<UInt8>)``.
    public init?(_ text: String) { self.init(Array(text.utf8).span) }

    /// The moment of a compact text such as `20261123T180000Z`.
    init?(compact text: Span<UInt8>) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), let month = reader.number(2), let day = reader.number(2),
            reader.skip("T"), let hour = reader.number(2), let minute = reader.number(2),
            let second = reader.number(2), reader.skip("Z"), reader.atEnd,
            let time = CalendarTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second
            ).timestamp
        else { return nil }
        self = time
    }
}

extension Timestamp: CustomStringConvertible {
    /// The moment as RFC 3339 writes it.
    public var description: String {
        var text = [UInt8](repeating: 0, count: 27)
        var writer = ByteWriter(text.mutableSpan)
        writer.append(rfc3339: self)
        return String(decoding: text, as: UTF8.self)
    }
}

/// Reads digits and punctuation from left to right.
private struct DigitReader: ~Escapable {
    private let text: Span<UInt8>
    private var position = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    var atEnd: Bool { position == text.count }

    /// The number of exactly `digits` digits that comes next.
    @_lifetime(self: copy self)
    mutating func number(_ digits: Int) -> UInt64? {
        if text.count - position < digits { return nil }
        var value: UInt64 = 0
        for index in position..<(position + digits) {
            if !ASCII.isDigit(text[index]) { return nil }
            value = value * 10 + UInt64(text[index] - 0x30)
        }
        position += digits
        return value
    }

    /// Whether `character` comes next, which is then skipped.
    @_lifetime(self: copy self)
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        if atEnd || text[position] != UInt8(ascii: character) { return false }
        position += 1
        return true
    }

    /// Reads `hh:mm`, and `:ss` and a fraction where they follow.
    @_lifetime(self: copy self)
    mutating func readClock(into calendar: inout CalendarTime) -> Bool {
        guard let hour = number(2), skip(":"), let minute = number(2) else { return false }
        calendar.hour = hour
        calendar.minute = minute
        if !skip(":") { return true }
        guard let second = number(2) else { return false }
        calendar.second = second
        if !skip(".") { return true }
        var weight: UInt64 = 100_000
        let start = position
        while let digit = number(1) {
            calendar.microsecond += digit * weight
            weight /= 10
        }
        return position > start
    }

    /// The minutes east of Greenwich: `Z`, `+09:00`, or nothing for UTC; nil when it is something else.
    @_lifetime(self: copy self)
    mutating func zone() -> Int64? {
        if atEnd || skip("Z") || skip("z") { return 0 }
        let east = skip("+")
        if !east && !skip("-") { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        let offset = Int64(hours * 60 + minutes)
        return east ? offset : -offset
    }
}
