/// An address and a TCP port.
public struct SocketAddress: BitwiseCopyable, Hashable, Sendable {
    /// The address; `0.0.0.0` and `::` mean every address of the family.
    public let address: IPAddress

    /// The port, 1 to 65535.
    public let port: UInt16

    /// The address `address` with port `port`.
    @inlinable
    public init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// The family of the address.
    @inlinable public var family: AddressFamily { address.family }
}

extension SocketAddress: CustomStringConvertible {
    public var description: String { address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
