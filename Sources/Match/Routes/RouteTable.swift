import Bytes
import Plan

/// Finds the routes for the path of a request in its site: those for exactly this path, else those for the longest
/// prefix.
///
/// Each site is a tree over the segments of the paths, whose branches are all in one hash table. So a segment costs the
/// same, however many routes there are; a look-up reads no more of the path than routes have in common with it, and
/// allocates nothing. The most specific path decides alone: when none of its routes is for a request, no other path is
/// tried.
struct RouteTable: ~Copyable {
    /// The root of each site's tree: the path `/`.
    private let roots: Slab<UInt32>
    private let nodes: Slab<RouteNode>
    private let branches: Slab<RouteBranch>

    /// The bytes of all segments.
    private let text: Slab<UInt8>

    /// What routes ask, group by group.
    let entries: Slab<RouteEntry>

    init(_ builder: consuming RouteTableBuilder) {
        roots = Slab(builder.roots, empty: 0)
        nodes = Slab(builder.nodes, empty: RouteNode())
        text = Slab(builder.text, empty: 0)
        entries = Slab(builder.entries, empty: RouteEntry())
        var capacity = 8
        // At most every second slot is taken, so that a look-up soon meets a free one.
        while capacity < builder.branches.count * 2 { capacity *= 2 }
        var branches = Slab<RouteBranch>(capacity: capacity, repeating: RouteBranch())
        for branch in builder.branches {
            var index = Int(truncatingIfNeeded: branch.hash) & (capacity - 1)
            while branches[index].target != RouteBranch.free { index = (index + 1) & (capacity - 1) }
            branches[index] = branch
        }
        self.branches = branches
    }

    /// The routes for the most specific pattern that is for the canonical `path`; an empty group when there is none.
    func mostSpecific(site: Int, path: Span<UInt8>) -> RouteGroup {
        var best = RouteGroup()
        if path.isEmpty || path[0] != 0x2f { return best }
        var node = Int(roots[site])
        var start = 1
        while true {
            if nodes[node].prefix.count != 0 { best = nodes[node].prefix }
            if start >= path.count {
                return nodes[node].exact.count != 0 ? nodes[node].exact : best
            }
            if !nodes[node].hasBranches { return best }
            let end = ByteSearch.first(0x2f, in: path, from: start)
            let next = branch(from: node, path.extracting(start..<end), isClosed: end < path.count)
            if next == RouteBranch.free { return best }
            node = Int(next)
            // Behind the slash; behind the end of a path without one.
            start = end &+ 1
        }
    }

    /// The node that `segment` leads to, or ``RouteBranch/free``.
    private func branch(from parent: Int, _ segment: Span<UInt8>, isClosed: Bool) -> UInt32 {
        let parent = UInt32(truncatingIfNeeded: parent)
        let hash = TextHash.of(segment, seed: RouteBranch.seed(from: parent, isClosed: isClosed))
        let mask = branches.capacity &- 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while branches[index].target != RouteBranch.free {
            if branches[index].hash == hash && branches[index].parent == parent
                && segment.equals(text.span(branches[index].segment.first, branches[index].segment.end))
            {
                return branches[index].target
            }
            index = (index &+ 1) & mask
        }
        return RouteBranch.free
    }
}
