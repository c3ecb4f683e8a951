internal import Bytes

/// A line of the audit log, taken apart. A view: it lives as long as the line's bytes.
///
/// The whole line is checked when it is taken apart, so that a torn or altered one does not go unnoticed; members
/// that are not known are passed over, because later versions add some.
public struct RecordLine: ~Escapable {
    private let bytes: Span<UInt8>
    private var members = InlineArray<32, Member>(repeating: Member())
    private var count = 0

    /// Members that a line may have.
    public static let memberLimit = 32

    /// Takes a line apart, without its line end.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) throws(LineError) {
        self.bytes = bytes
        try scan()
        if number(.sequence) == nil { throw .incomplete("seq") }
        if timeIfPresent() == nil { throw .incomplete("time") }
    }

    /// The number of the record.
    public var sequence: UInt64 { number(.sequence) ?? 0 }

    /// The time of the record.
    public var time: Timestamp { timeIfPresent() ?? Timestamp(microseconds: 0) }

    /// The bytes of a string member, as they were before they were escaped; nil when there is no such string.
    public func text(_ field: RecordField) -> [UInt8]? {
        guard let member = member(field), member.kind == .string else { return nil }
        return JSONScanner.unescaped(bytes.extracting(member.start..<member.end))
    }

    /// The value of a member that is a whole number from 0; nil when there is no such number.
    public func number(_ field: RecordField) -> UInt64? {
        guard let member = member(field), member.kind == .number else { return nil }
        return RecordLine.decimal(bytes.extracting(member.start..<member.end))
    }

    /// The values of a member that is an array of whole numbers; nil when there is no such array.
    public func numbers(_ field: RecordField) -> [UInt64]? {
        guard let member = member(field), member.kind == .array else { return nil }
        var values: [UInt64] = []
        var start = member.start + 1
        for index in (member.start + 1)..<member.end {
            let byte = bytes[index]
            if byte != UInt8(ascii: ",") && byte != UInt8(ascii: "]") { continue }
            guard let value = RecordLine.decimal(bytes.extracting(start..<index)) else {
                return values.isEmpty && start == index ? [] : nil
            }
            values.append(value)
            start = index + 1
        }
        return values
    }

    /// The values of a member that is an array of strings, as they were before they were escaped; nil when there is no
    /// such array.
    public func texts(_ field: RecordField) -> [[UInt8]]? {
        guard let member = member(field), member.kind == .array else { return nil }
        var scanner = JSONScanner(bytes.extracting((member.start + 1)..<member.end))
        var values: [[UInt8]] = []
        if scanner.skip(UInt8(ascii: "]")) { return values }
        repeat {
            guard let value = try? scanner.value(), value.kind == .string else { return nil }
            let start = member.start + 1
            values.append(JSONScanner.unescaped(bytes.extracting((start + value.start)..<(start + value.end))))
        } while scanner.skip(UInt8(ascii: ","))
        return values
    }

    /// Whether a string member is exactly `text`; quicker than to compare with ``text(_:)``.
    public func has(_ field: RecordField, _ text: [UInt8]) -> Bool {
        guard let member = member(field), member.kind == .string else { return false }
        let raw = bytes.extracting(member.start..<member.end)
        return member.isEscaped ? JSONScanner.unescaped(raw) == text : ASCII.equal(raw, text.span)
    }

    private func timeIfPresent() -> Timestamp? {
        guard let member = member(.time), member.kind == .string else { return nil }
        return Timestamp(bytes.extracting(member.start..<member.end))
    }

    private func member(_ field: RecordField) -> Member? {
        let name = field.name
        for index in 0..<count {
            let member = members[index]
            if ASCII.equal(bytes.extracting(member.nameStart..<member.nameEnd), name) { return member }
        }
        return nil
    }

    @_lifetime(self: copy self)
    private mutating func scan() throws(LineError) {
        var scanner = JSONScanner(bytes)
        try scanner.expect(UInt8(ascii: "{"))
        repeat {
            var member = Member()
            let name = try scanner.value()
            if name.kind != .string { throw .malformed(at: name.start + 1) }
            try scanner.expect(UInt8(ascii: ":"))
            let value = try scanner.value()
            if count == RecordLine.memberLimit { throw .tooManyMembers }
            member.nameStart = name.start
            member.nameEnd = name.end
            member.start = value.start
            member.end = value.end
            member.kind = value.kind
            member.isEscaped = value.isEscaped
            members[count] = member
            count += 1
        } while scanner.skip(UInt8(ascii: ","))
        try scanner.expect(UInt8(ascii: "}"))
        try scanner.end()
    }

    private static func decimal(_ text: Span<UInt8>) -> UInt64? {
        if text.isEmpty || text.count > 20 { return nil }
        var value: UInt64 = 0
        for index in text.indices {
            if !ASCII.isDigit(text[index]) { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(text[index] - 0x30))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    private struct Member: BitwiseCopyable {
        var nameStart = 0
        var nameEnd = 0
        var start = 0
        var end = 0
        var kind = JSONScanner.Kind.other
        var isEscaped = false
    }
}
