internal import Bytes

/// An IPv6 address, read in any form of RFC 4291 section 2.2 and written in the one of RFC 5952.
struct IPv6Address: BitwiseCopyable {
    private var groups: InlineArray<8, UInt16> = .init(repeating: 0)

    /// Reads `text`, which stands without brackets and without a zone; nil when it is no address.
    init?(_ text: Span<UInt8>) {
        var count = 0
        var gap = -1
        var index = 0
        if text.count >= 2 && text[0] == 0x3a && text[1] == 0x3a {
            gap = 0
            index = 2
        }
        while index < text.count {
            if count == 8 { return nil }
            let end = ByteSearch.first(0x3a, in: text, from: index)
            if end == text.count && count <= 6, let tail = IPv6Address.dottedTail(text.extracting(index..<end)) {
                groups[count] = UInt16(truncatingIfNeeded: tail >> 16)
                groups[count &+ 1] = UInt16(truncatingIfNeeded: tail)
                count &+= 2
                break
            }
            guard let group = IPv6Address.group(text.extracting(index..<end)) else { return nil }
            groups[count] = group
            count &+= 1
            if end == text.count { break }
            index = end &+ 1
            if index == text.count { return nil }
            if text[index] == 0x3a {
                if gap >= 0 { return nil }
                gap = count
                index &+= 1
            }
        }
        if gap < 0 ? count != 8 : count > 7 { return nil }
        if gap >= 0 { open(gap, count) }
    }

    /// Moves the groups behind the gap to the end and fills it with zeros.
    private mutating func open(_ gap: Int, _ count: Int) {
        let behind = count &- gap
        var index = 0
        while index < behind {
            groups[7 &- index] = groups[count &- 1 &- index]
            index &+= 1
        }
        index = gap
        while index < 8 &- behind {
            groups[index] = 0
            index &+= 1
        }
    }

    private static func group(_ text: Span<UInt8>) -> UInt16? {
        if text.count == 0 || text.count > 4 { return nil }
        var value: UInt16 = 0
        for index in text.indices {
            guard let digit = ASCII.hexadecimalValue(text[index]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// The value of an IPv4 address in dotted notation.
    private static func dottedTail(_ text: Span<UInt8>) -> UInt32? {
        if !Authority.isIPv4(text) { return nil }
        var value: UInt32 = 0
        var part: UInt32 = 0
        for index in text.indices {
            if text[index] == 0x2e {
                value = value << 8 | part
                part = 0
            } else {
                part = part &* 10 &+ UInt32(text[index] &- 0x30)
            }
        }
        return value << 8 | part
    }

    /// Writes the address in brackets to the start of `output`, which has room for 41 bytes; returns their number.
    @_lifetime(output: copy output)
    func writeBracketed(to output: inout MutableSpan<UInt8>) -> Int {
        let zeros = longestZeros()
        output[0] = 0x5b
        var count = 1
        var index = 0
        while index < 8 {
            if index == zeros.lowerBound && !zeros.isEmpty {
                output[count] = 0x3a
                output[count &+ 1] = 0x3a
                count &+= 2
                index = zeros.upperBound
                continue
            }
            if index > 0 && !(index == zeros.upperBound && !zeros.isEmpty) {
                output[count] = 0x3a
                count &+= 1
            }
            IPv6Address.write(groups[index], to: &output, &count)
            index &+= 1
        }
        output[count] = 0x5d
        return count &+ 1
    }

    @_lifetime(output: copy output)
    private static func write(_ group: UInt16, to output: inout MutableSpan<UInt8>, _ count: inout Int) {
        var shift: UInt16 = 12
        while shift > 0 && group >> shift == 0 { shift &-= 4 }
        while true {
            output[count] = ASCII.hexadecimalDigit(UInt8(truncatingIfNeeded: group >> shift) & 15)
            count &+= 1
            if shift == 0 { return }
            shift &-= 4
        }
    }

    /// The first of the longest runs of at least two zero groups; empty when there is none.
    private func longestZeros() -> Range<Int> {
        var best = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8 && groups[end] == 0 { end &+= 1 }
            if end &- index > best.count && end &- index > 1 { best = index..<end }
            index = max(end, index &+ 1)
        }
        return best
    }
}
