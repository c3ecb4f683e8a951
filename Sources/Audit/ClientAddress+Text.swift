import Bytes

extension ClientAddress {
    /// The address written as `text`: four decimal numbers without leading zeros, or a form of RFC 4291 section 2.2.
    /// Nil when it is none of this.
    public init?(_ text: Span<UInt8>) {
        for index in text.indices where text[index] == UInt8(ascii: ":") {
            guard let address = ClientAddress.parseIPv6(text) else { return nil }
            self = address
            return
        }
        guard let value = ClientAddress.parseIPv4(text) else { return nil }
        self.init(high: 0, low: 0xffff_0000_0000 | value)
    }

    private static func parseIPv4(_ text: Span<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var numbers = 0
        var start = 0
        for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: ".") {
            guard numbers < 4, let number = octet(text.extracting(start..<end)) else { return nil }
            value = value << 8 | number
            numbers += 1
            start = end + 1
        }
        return numbers == 4 ? value : nil
    }

    private static func octet(_ digits: Span<UInt8>) -> UInt64? {
        // "010" is eight to some readers and ten to others: no leading zeros.
        if digits.isEmpty || digits.count > 3 || (digits.count > 1 && digits[0] == UInt8(ascii: "0")) { return nil }
        var value: UInt64 = 0
        for index in digits.indices {
            if !ASCII.isDigit(digits[index]) { return nil }
            value = value * 10 + UInt64(digits[index] - 0x30)
        }
        return value < 256 ? value : nil
    }

    private static func parseIPv6(_ text: Span<UInt8>) -> ClientAddress? {
        var groups: [UInt64] = []
        var gap: Int?
        var position = 0
        if text.count >= 2 && text[0] == UInt8(ascii: ":") && text[1] == UInt8(ascii: ":") {
            gap = 0
            position = 2
        }
        while position < text.count {
            var end = position
            while end < text.count && text[end] != UInt8(ascii: ":") { end += 1 }
            let part = text.extracting(position..<end)
            if let group = hexadecimalGroup(part) {
                groups.append(group)
            } else if end == text.count, let ipv4 = parseIPv4(part) {
                groups += [ipv4 >> 16, ipv4 & 0xffff]
            } else {
                return nil
            }
            if groups.count > 8 { return nil }
            position = end + 1
            if position == text.count { return nil }
            if position < text.count && text[position] == UInt8(ascii: ":") {
                if gap != nil { return nil }
                gap = groups.count
                position += 1
            }
        }
        return joined(groups, gap)
    }

    /// The address of `groups`; a gap stands for at least one group of zeros.
    private static func joined(_ groups: [UInt64], _ gap: Int?) -> ClientAddress? {
        var groups = groups
        if let gap, groups.count < 8 {
            groups.insert(contentsOf: [UInt64](repeating: 0, count: 8 - groups.count), at: gap)
        } else if gap != nil {
            return nil
        }
        if groups.count != 8 { return nil }
        return ClientAddress(
            high: groups[..<4].reduce(0) { $0 << 16 | $1 }, low: groups[4...].reduce(0) { $0 << 16 | $1 })
    }

    private static func hexadecimalGroup(_ text: Span<UInt8>) -> UInt64? {
        if text.isEmpty || text.count > 4 { return nil }
        var value: UInt64 = 0
        for index in text.indices {
            guard let digit = ASCII.hexadecimalValue(text[index]) else { return nil }
            value = value << 4 | UInt64(digit)
        }
        return value
    }
}
