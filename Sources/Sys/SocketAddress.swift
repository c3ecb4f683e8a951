internal import CLinux
internal import Glibc

/// An Internet address and port. IPv4 stands as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2).
public struct SocketAddress: BitwiseCopyable, Sendable {
    /// The sixteen address bytes, in network order.
    public var bytes: InlineArray<16, UInt8>

    /// The port, in host order.
    public var port: UInt16

    /// Whether it is IPv6 proper, not IPv4.
    public var isIPv6: Bool

    /// The interface of a link-local address, or 0.
    public var scope: UInt32 = 0

    @inlinable
    public init(bytes: InlineArray<16, UInt8>, port: UInt16, isIPv6: Bool) {
        self.bytes = bytes
        self.port = port
        self.isIPv6 = isIPv6
    }

    /// The unspecified IPv4 address with port 0.
    public static var none: SocketAddress {
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        bytes[10] = 0xff
        bytes[11] = 0xff
        return SocketAddress(bytes: bytes, port: 0, isIPv6: false)
    }

    /// An IPv4 address, first byte first.
    public static func ipv4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, port: UInt16) -> SocketAddress {
        var address = none
        address.bytes[12] = a
        address.bytes[13] = b
        address.bytes[14] = c
        address.bytes[15] = d
        address.port = port
        return address
    }
}

extension SocketAddress {
    var kernel: masugata_address {
        var address = masugata_address()
        for index in 0..<16 { unsafe withUnsafeMutableBytes(of: &address.bytes) { unsafe $0[index] = bytes[index] } }
        address.port = port
        address.scope = scope
        address.is_ipv6 = isIPv6 ? 1 : 0
        return address
    }

    init(kernel address: masugata_address) {
        var address = address
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<16 { bytes[index] = unsafe withUnsafeBytes(of: &address.bytes) { unsafe $0[index] } }
        self.init(bytes: bytes, port: address.port, isIPv6: address.is_ipv6 != 0)
        scope = address.scope
    }
}
