internal import Bytes
internal import Plan

extension ByteWriter {
    /// Appends an address as text (RFC 5952), without allocating.
    mutating func append(address: IPAddress) {
        if address.isIPv4 {
            for octet: UInt32 in 0..<4 {
                if octet > 0 { append(0x2e) }
                append(decimal: UInt64(address.ipv4 >> (24 - 8 * octet) & 0xff))
            }
            return
        }
        appendGroups(of: address)
    }

    private mutating func appendGroups(of address: IPAddress) {
        let (zeros, count) = ByteWriter.longestZeros(address)
        var group = 0
        var needsColon = false
        while group < 8 {
            // One group of zeros alone is not shortened.
            if group == zeros && count > 1 {
                append("::")
                group += count
                needsColon = false
                continue
            }
            if needsColon { append(0x3a) }
            needsColon = true
            append(hexadecimal: UInt64(ByteWriter.group(address, group)))
            group += 1
        }
    }

    private static func group(_ address: IPAddress, _ index: Int) -> UInt16 {
        let half = index < 4 ? address.high : address.low
        return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index & 3)))
    }

    /// The longest run of groups that are zero, the first of equals.
    private static func longestZeros(_ address: IPAddress) -> (start: Int, count: Int) {
        var best = (start: -1, count: 0)
        var start = 0
        while start < 8 {
            var end = start
            while end < 8 && group(address, end) == 0 { end += 1 }
            if end - start > best.count { best = (start, end - start) }
            start = max(end, start + 1)
        }
        return best
    }
}
