import Bytes

extension IPAddress {
    /// The address written as `text`, or nil: four decimal numbers without leading zeros, or the forms of RFC 4291
    /// section 2.2, without a zone.
    public init?(_ text: Span<UInt8>) {
        var hasColon = false
        for index in text.indices where text[index] == UInt8(ascii: ":") { hasColon = true }
        if hasColon {
            guard let address = IPAddress.parseIPv6(text) else { return nil }
            self = address
        } else {
            guard let value = IPAddress.parseIPv4(text) else { return nil }
            self.init(ipv4: value)
        }
    }

    /// The address written as `text`, or nil.
    public init?(_ text: String) { self.init(Array(text.utf8).span) }

    private static func parseIPv4(_ text: Span<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var octets = 0
        for index in 0...text.count {
            if index == text.count || text[index] == UInt8(ascii: ".") {
                if digits == 0 || octets == 4 { return nil }
                value = value << 8 | octet
                octets += 1
                octet = 0
                digits = 0
            } else {
                // "010" is eight to some readers and ten to others: no leading zeros.
                guard ASCII.isDigit(text[index]), digits == 0 || octet != 0 else { return nil }
                octet = octet * 10 + UInt32(text[index] - 0x30)
                digits += 1
                if octet > 255 { return nil }
            }
        }
        return octets == 4 ? value : nil
    }

    private static func parseIPv6(_ text: Span<UInt8>) -> IPAddress? {
        var groups: [UInt16] = []
        var gap: Int?
        var position = 0
        if text.count >= 2 && text[0] == UInt8(ascii: ":") {
            if text[1] != UInt8(ascii: ":") { return nil }
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
                groups += [UInt16(ipv4 >> 16), UInt16(ipv4 & 0xffff)]
            } else {
                return nil
            }
            if groups.count > 8 { return nil }
            if end == text.count { break }
            position = end + 1
            if position == text.count { return nil }
            if text[position] == UInt8(ascii: ":") {
                if gap != nil { return nil }
                gap = groups.count
                position += 1
            }
        }
        if let gap {
            // "::" stands for at least one group of zeros.
            if groups.count > 7 { return nil }
            groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap)
        }
        return groups.count == 8 ? IPAddress(groups: groups) : nil
    }

    private static func hexadecimalGroup(_ text: Span<UInt8>) -> UInt16? {
        if text.count < 1 || text.count > 4 { return nil }
        var value: UInt16 = 0
        for index in text.indices {
            guard let digit = ASCII.hexadecimalValue(text[index]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private init(groups: [UInt16]) {
        self.init(
            high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as RFC 5952 writes it; IPv4 with dots.
    public var description: String {
        if isIPv4 {
            return "\(ipv4 >> 24).\(ipv4 >> 16 & 255).\(ipv4 >> 8 & 255).\(ipv4 & 255)"
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - 16 * ($0 & 3))) }
        let gap = IPAddress.longestRunOfZeros(groups)
        let before = groups[..<gap.lowerBound].map { String($0, radix: 16) }.joined(separator: ":")
        if gap.isEmpty { return before }
        let after = groups[gap.upperBound...].map { String($0, radix: 16) }.joined(separator: ":")
        return "\(before)::\(after)"
    }

    /// The first of the longest runs of at least two zeros; empty, at the end, when there is none.
    private static func longestRunOfZeros(_ groups: [UInt16]) -> Range<Int> {
        var longest = groups.count..<groups.count
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start >= 2 && index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}
