public import Bytes
public import Plan

/// Sets of address blocks, each asked whether an address is in it.
///
/// A set is two trees, one for each family, whose nodes have a branch for each value of four bits. A branch leads to
/// another node, or says that everything below is inside or outside; so a look-up takes at most 8 steps for IPv4 and
/// 32 for IPv6, however many blocks there are, and allocates nothing.
public struct NetworkTable: ~Copyable {
    /// For each set, the branches at the roots for IPv4 and for IPv6.
    @usableFromInline let roots: Slab<UInt32>

    /// Sixteen branches for each node.
    @usableFromInline let branches: Slab<UInt32>

    /// Everything below a branch is outside.
    @inlinable static var outside: UInt32 { 0 }

    /// Everything below a branch is inside.
    @inlinable static var inside: UInt32 { 1 }

    /// What is added to a node's number in a branch.
    @inlinable static var firstNode: UInt32 { 2 }

    /// The table of these sets, which have the numbers 0, 1, ...
    public init(_ sets: [[AddressBlock]]) {
        var builder = Builder()
        var roots = Slab<UInt32>(capacity: sets.count * 2, repeating: NetworkTable.outside)
        for (number, blocks) in sets.enumerated() {
            roots[2 * number] = builder.tree(of: blocks.filter { $0.address.isIPv4 })
            roots[2 * number + 1] = builder.tree(of: blocks.filter { !$0.address.isIPv4 })
        }
        var branches = Slab<UInt32>(capacity: builder.branches.count, repeating: NetworkTable.outside)
        for (index, branch) in builder.branches.enumerated() { branches[index] = branch }
        self.roots = roots
        self.branches = branches
    }

    /// Whether `address` is in the set with number `set`.
    @inlinable
    public func contains(_ address: IPAddress, set: Int) -> Bool {
        let isIPv4 = address.isIPv4
        var branch = roots[2 &* set &+ (isIPv4 ? 0 : 1)]
        // The bits that were not looked at yet stand at the top.
        var high = isIPv4 ? address.low << 32 : address.high
        var low = isIPv4 ? 0 : address.low
        while branch >= NetworkTable.firstNode {
            branch = branches[Int(branch &- NetworkTable.firstNode) &* 16 &+ Int(high >> 60)]
            high = high << 4 | low >> 60
            low = low << 4
        }
        return branch == NetworkTable.inside
    }

    /// Makes trees. A branch that says inside stays so: a longer block within a shorter one adds nothing.
    private struct Builder {
        var branches: [UInt32] = []

        /// The branch to a tree of `blocks`, which are of one family.
        mutating func tree(of blocks: [AddressBlock]) -> UInt32 {
            var root = NetworkTable.outside
            for block in blocks { root = adding(block, at: 0, to: root) }
            return root
        }

        /// `branch`, below which the first `depth` bits are known, with `block` added.
        private mutating func adding(_ block: AddressBlock, at depth: Int, to branch: UInt32) -> UInt32 {
            if branch == NetworkTable.inside || block.prefixLength == depth { return NetworkTable.inside }
            var branch = branch
            if branch == NetworkTable.outside {
                branch = UInt32(branches.count / 16) + NetworkTable.firstNode
                branches += [UInt32](repeating: NetworkTable.outside, count: 16)
            }
            let start = Int(branch - NetworkTable.firstNode) * 16
            let nibble = Builder.nibble(of: block.address, at: depth)
            if block.prefixLength - depth >= 4 {
                let below = adding(block, at: depth + 4, to: branches[start + nibble])
                branches[start + nibble] = below
            } else {
                // The block ends among these four bits and takes several branches.
                let count = 1 << (4 - (block.prefixLength - depth))
                for index in nibble..<nibble + count { branches[start + index] = NetworkTable.inside }
            }
            return branch
        }

        private static func nibble(of address: IPAddress, at depth: Int) -> Int {
            let position = depth + (address.isIPv4 ? 96 : 0)
            let half = position < 64 ? address.high : address.low
            return Int(half >> UInt64(60 - position % 64) & 15)
        }
    }
}
