/// A named list of address blocks: `network office { 203.0.113.0/24 }`.
public struct Network: Equatable, Sendable {
    /// The name in the policy.
    public var name: String

    /// The blocks; an address that is in any of them is in the network.
    public var blocks: [AddressBlock]

    /// The network `name` of these blocks.
    public init(name: String, blocks: [AddressBlock]) {
        self.name = name
        self.blocks = blocks
    }
}
