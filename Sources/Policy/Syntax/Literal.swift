import Bytes
import Plan

/// Decides what a run of bytes is: a word, a number with or without a unit, an address, a date.
struct Literal {
    /// What is wrong with a run.
    struct Problem: Error {
        let message: String
        let hint: String?
    }

    private let text: String
    private let bytes: [UInt8]

    /// The value that `text` is.
    static func value(of text: String) throws(Problem) -> Value.Kind { try Literal(text).value() }

    /// Whether `text` is a word, or words with dots between them.
    static func isWord(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first, ASCII.isLetter(first) || first == 0x5f else { return false }
            return part.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x5f || $0 == 0x2d }
        }
    }

    private init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    private func value() throws(Problem) -> Value.Kind {
        if Literal.isWord(text) {
            return .reference(text.split(separator: ".").map(String.init))
        }
        if text.contains(":") {
            if let time = try time() { return time }
            return try addressOrBlock()
        }
        if text.hasSuffix("%") { return try percent() }
        if let first = bytes.first, ASCII.isDigit(first) { return try numeric() }
        if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") {
            throw Problem(message: "'\(text)' is not a number", hint: "numbers have no sign")
        }
        throw Problem(message: "'\(text)' is neither a word nor a number", hint: "a text stands in quotes: \"\(text)\"")
    }

    private func numeric() throws(Problem) -> Value.Kind {
        if let date = try date() { return date }
        let digits = bytes.prefix { ASCII.isDigit($0) }
        if digits.count < bytes.count && bytes[digits.count] == UInt8(ascii: ".") { return try dotted() }
        guard let number = UInt64(String(decoding: digits, as: UTF8.self)) else {
            throw Problem(message: "the number '\(text)' is too large", hint: nil)
        }
        let rest = String(decoding: bytes[digits.count...], as: UTF8.self)
        if rest.isEmpty { return .number(number) }
        if let slash = rest.firstIndex(of: "/") {
            return try rate(number, unit: String(rest[..<slash]), period: String(rest[rest.index(after: slash)...]))
        }
        if let factor = Unit.durations[rest] { return .duration(try scaled(number, factor)) }
        if let factor = Unit.sizes[rest] { return .size(try scaled(number, factor)) }
        throw Problem(
            message: "unknown unit '\(rest)'",
            hint: Unit.meant(by: rest).map { "did you mean \(number)\($0)?" } ?? "units are \(Unit.list)")
    }

    private func rate(_ number: UInt64, unit: String, period: String) throws(Problem) -> Value.Kind {
        guard let milliseconds = Unit.periods[period] else {
            throw Problem(message: "unknown period '/\(period)' of a rate", hint: "periods are /s, /min, /h and /d")
        }
        if unit.isEmpty { return .rate(number, milliseconds: milliseconds) }
        guard let factor = Unit.sizes[unit] else {
            throw Problem(
                message: "unknown unit '\(unit)' of a rate",
                hint: Unit.meant(by: unit).map { "did you mean \(number)\($0)/\(period)?" }
                    ?? "rates are written 20/min or 1KiB/s")
        }
        return .byteRate(try scaled(number, factor), milliseconds: milliseconds)
    }

    /// A time of day, or a range of such; nil when it does not look like one.
    private func time() throws(Problem) -> Value.Kind? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.map { part in
            part.split(separator: ":", omittingEmptySubsequences: false).map { $0.utf8.count == 2 ? number($0) : nil }
        }
        guard parts.count <= 2, numbers.allSatisfy({ $0.count == 2 && !$0.contains(nil) }) else { return nil }
        let seconds = numbers.map { ($0[0] ?? 0) * 3_600 + ($0[1] ?? 0) * 60 }
        let isSound = numbers.allSatisfy { ($0[1] ?? 0) < 60 } && seconds.allSatisfy { $0 <= 86_400 }
        if !isSound {
            throw Problem(message: "'\(text)' is no time of day", hint: "times are written 08:00, from 00:00 to 24:00")
        }
        return seconds.count == 1 ? .time(seconds[0]) : .timeRange(seconds[0], seconds[1])
    }

    /// `5%` or `0.25%`
    private func percent() throws(Problem) -> Value.Kind {
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard parts.count <= 2, !parts[0].isEmpty, !fraction.isEmpty, fraction.utf8.count <= 2,
            let whole = number(parts[0]), let hundredths = number(fraction), whole <= 100
        else {
            throw Problem(
                message: "'\(text)' is not a percentage", hint: "percentages are written 5% or 0.25%, up to 100%")
        }
        return .percent(whole * 100 + hundredths * (fraction.utf8.count == 1 ? 10 : 1))
    }

    /// What begins with digits and a dot: an address, a block or a version.
    private func dotted() throws(Problem) -> Value.Kind {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, let major = number(parts[0]), let minor = number(parts[1]) {
            return .decimal(major, minor)
        }
        return try addressOrBlock()
    }

    private func addressOrBlock() throws(Problem) -> Value.Kind {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { throw notAnAddress() }
        if parts.count == 1 { return .address(address) }
        guard let length = number(parts[1]), length <= UInt64(address.family.bits) else {
            throw Problem(
                message: "'\(text)' is not an address block",
                hint: "the prefix length is a number from 0 to \(address.family.bits)")
        }
        guard let block = AddressBlock(address, prefixLength: Int(length)) else {
            let first = AddressBlock.first(of: address, prefixLength: Int(length))
            throw Problem(
                message: "'\(text)' has bits set behind its prefix",
                hint: "did you mean \(first)/\(length) or \(address)/\(address.family.bits)?")
        }
        return .block(block)
    }

    private func notAnAddress() -> Problem {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false)
        if numbers.count == 2, numbers.allSatisfy({ number($0) != nil && !$0.isEmpty }) {
            return Problem(
                message: "'\(text)' is neither a time nor an address",
                hint: "times are written 08:00, addresses 192.0.2.1 or 2001:db8::1")
        }
        if text.hasSuffix(":"), Literal.isWord(String(text.dropLast())) {
            return Problem(message: "unexpected ':'", hint: "write \(text.dropLast()) = value")
        }
        let isNumeric = bytes.allSatisfy { ASCII.hexadecimalValue($0) != nil || ":./".utf8.contains($0) }
        let hasPort = text.contains(".") && text.contains(":")
        return Problem(
            message: "'\(text)' is not an address",
            hint: isNumeric && !hasPort
                ? "addresses are written 192.0.2.1 or 2001:db8::1"
                : "a text, such as a host with its port, stands in quotes")
    }

    /// A date as RFC 3339 writes it; nil when it does not look like one.
    private func date() throws(Problem) -> Value.Kind? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0]), let month = number(parts[1]), let day = number(parts[2])
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard parts.map(\.count) == [4, 2, 2], (1...12).contains(month), day >= 1, day <= days[Int(month) - 1] else {
            throw Problem(message: "'\(text)' is not a day of the calendar", hint: "dates are written 2027-03-31")
        }
        return .date(year: Int(year), month: Int(month), day: Int(day))
    }

    private func number(_ text: Substring) -> UInt64? {
        text.utf8.allSatisfy { ASCII.isDigit($0) } ? UInt64(text) : nil
    }

    private func scaled(_ number: UInt64, _ factor: UInt64) throws(Problem) -> UInt64 {
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        if overflow { throw Problem(message: "the number '\(text)' is too large", hint: nil) }
        return product
    }
}
