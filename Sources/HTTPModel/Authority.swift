internal import Bytes

/// A host and a port, checked and in canonical form.
///
/// The host is a DNS name in lower case without a trailing dot, an IPv4 address, or an IPv6 address in brackets in
/// the form of RFC 5952. Other forms that RFC 3986 allows (percent-encoding, IPvFuture, zones, user information) do
/// not occur in HTTP between honest parties and are refused.
public struct Authority: BitwiseCopyable, Equatable, Sendable {
    /// Bytes that the canonical host takes up.
    public let hostCount: Int

    /// The port, or 0 where none is given.
    public let port: UInt16

    /// Bytes that any canonical host fits into: a DNS name is the longest (RFC 1035 section 3.1).
    public static var longestHost: Int { 253 }

    /// The longest label of a DNS name (RFC 1035 section 2.3.4).
    static var longestLabel: Int { 63 }

    /// Reads `raw` and writes its host in canonical form to the start of `output`, which has room for
    /// ``longestHost`` bytes.
    ///
    /// - Returns: nil when `raw` is no acceptable authority.
    @_lifetime(output: copy output)
    public static func parse(_ raw: Span<UInt8>, to output: inout MutableSpan<UInt8>) -> Authority? {
        guard let end = endOfHost(raw), let port = port(raw, from: end) else { return nil }
        let host = raw.extracting(0..<end)
        if host.count == 0 || output.count < longestHost { return nil }
        if host[0] == 0x5b {
            guard let address = IPv6Address(host.extracting(1..<end &- 1)) else { return nil }
            return Authority(hostCount: address.writeBracketed(to: &output), port: port)
        }
        guard let count = writeName(host, to: &output) else { return nil }
        return Authority(hostCount: count, port: port)
    }

    /// Where the host ends: at the colon before the port, behind the bracket, or at the end.
    private static func endOfHost(_ raw: Span<UInt8>) -> Int? {
        if raw.count == 0 { return nil }
        if raw[0] == 0x5b {
            let bracket = ByteSearch.first(0x5d, in: raw, from: 1)
            return bracket == raw.count ? nil : bracket &+ 1
        }
        return ByteSearch.first(0x3a, in: raw, from: 0)
    }

    /// The port behind a host that ends at `start`: 1 to 65,535 without leading zero, 0 when there is none.
    private static func port(_ raw: Span<UInt8>, from start: Int) -> UInt16? {
        if start == raw.count { return 0 }
        if raw[start] != 0x3a || start &+ 1 == raw.count || raw[start &+ 1] == 0x30 { return nil }
        var value: UInt32 = 0
        var index = start &+ 1
        while index < raw.count {
            if !ASCII.isDigit(raw[index]) { return nil }
            value = value &* 10 &+ UInt32(raw[index] &- 0x30)
            if value > UInt32(UInt16.max) { return nil }
            index &+= 1
        }
        return UInt16(value)
    }

    @_lifetime(output: copy output)
    private static func writeName(_ host: Span<UInt8>, to output: inout MutableSpan<UInt8>) -> Int? {
        let end = host.count > 1 && host[host.count &- 1] == 0x2e ? host.count &- 1 : host.count
        if end > longestHost { return nil }
        guard let labelStart = startOfLastLabel(host, end) else { return nil }
        // A name whose last label is a number is an address to many resolvers, in forms that differ between them.
        if isNumber(host.extracting(labelStart..<end)) && !isIPv4(host.extracting(0..<end)) { return nil }
        for index in 0..<end { output[index] = ASCII.lowercased(host[index]) }
        return end
    }

    /// Where the last label of the name in `host`, up to `end`, begins; nil when the name is not valid.
    private static func startOfLastLabel(_ host: Span<UInt8>, _ end: Int) -> Int? {
        var labelStart = 0
        for index in 0..<end {
            let byte = host[index]
            if byte == 0x2e {
                if index == labelStart { return nil }
                labelStart = index &+ 1
            } else if !isNameByte(byte) || index &- labelStart == longestLabel {
                return nil
            }
        }
        return labelStart == end ? nil : labelStart
    }

    /// Letters, digits and `-` (RFC 1123), and the `_` of many an internal host.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        let low: UInt64 = 0x03ff_2000_0000_0000
        let high: UInt64 = 0x07ff_fffe_87ff_fffe
        return (byte < 64 ? low &>> UInt64(byte) : byte < 128 ? high &>> UInt64(byte &- 64) : 0) & 1 == 1
    }

    /// Whether `label` is a number, in decimal or with `0x` in hexadecimal notation.
    private static func isNumber(_ label: Span<UInt8>) -> Bool {
        if !ASCII.isDigit(label[0]) { return false }
        let isHexadecimal = label.count > 1 && label[0] == 0x30 && label[1] | 0x20 == 0x78
        var index = isHexadecimal ? 2 : 1
        while index < label.count {
            let isDigit = isHexadecimal
                ? ASCII.hexadecimalValue(label[index]) != nil : ASCII.isDigit(label[index])
            if !isDigit { return false }
            index &+= 1
        }
        return true
    }

    /// Whether `text` is four decimal numbers from 0 to 255 without leading zeros.
    static func isIPv4(_ text: Span<UInt8>) -> Bool {
        var parts = 0
        var digits = 0
        var value: UInt32 = 0
        for index in text.indices {
            let byte = text[index]
            if byte == 0x2e {
                if digits == 0 { return false }
                parts &+= 1
                digits = 0
                value = 0
            } else {
                if !ASCII.isDigit(byte) || (digits > 0 && value == 0) { return false }
                value = value &* 10 &+ UInt32(byte &- 0x30)
                digits &+= 1
                if value > 255 { return false }
            }
        }
        return parts == 3 && digits > 0
    }
}
