internal import Sys
internal import Wire

/// What the dialer and its resolver say to each other: a host name there, its addresses back. One at a time.
enum ResolverMessage {
    /// The longest message, bytes.
    static let limit = 1_024

    /// The longest host name, bytes.
    static let hostLimit = 255

    /// Asks for the addresses of a host.
    static func question(_ host: String) -> [UInt8] {
        var writer = MessageWriter()
        writer.text(host, limit: hostLimit)
        return writer.bytes
    }

    /// Reads a question.
    static func host(_ bytes: Span<UInt8>) throws(WireViolation) -> String {
        var reader = MessageReader(bytes)
        let host = try reader.text(limit: hostLimit)
        try reader.end()
        return host
    }

    /// Answers with addresses; none when the name does not resolve.
    static func answer(_ addresses: [SocketAddress]) -> [UInt8] {
        var writer = MessageWriter()
        writer.byte(UInt8(truncatingIfNeeded: addresses.count))
        for address in addresses {
            writer.byte(address.isIPv6 ? 1 : 0)
            writer.run(address.bytes.span)
            writer.uint32(address.scope)
        }
        return writer.bytes
    }

    /// Reads an answer.
    static func addresses(_ bytes: Span<UInt8>) throws(WireViolation) -> [SocketAddress] {
        var reader = MessageReader(bytes)
        let count = Int(try reader.byte())
        if count > DialerLimits.addressesOfOneName { throw .value }
        var addresses: [SocketAddress] = []
        for _ in 0..<count {
            let isIPv6 = try reader.byte() == 1
            let run = try reader.run(16)
            var bytes = InlineArray<16, UInt8>(repeating: 0)
            for index in 0..<16 { bytes[index] = run[index] }
            var address = SocketAddress(bytes: bytes, port: 0, isIPv6: isIPv6)
            address.scope = try reader.uint32()
            addresses.append(address)
        }
        try reader.end()
        return addresses
    }
}
