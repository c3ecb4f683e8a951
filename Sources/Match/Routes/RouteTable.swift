import Bytes
import Plan

/// Finds the routes for the path of a request in its site: those for exactly this path, else those for the longest
/// prefix.
///
/// Each site is a tree over the bytes of the paths, in which runs without a branch are one node. A look-up costs the
/// length of the path, however many routes there are, and allocates nothing. The most specific path decides alone:
/// when none of its routes is for a request, no other path is tried.
struct RouteTable: ~Copyable {
    /// The root of each site's tree.
    private let roots: Slab<UInt32>
    private let nodes: Slab<RouteNode>

    /// The bytes of all nodes.
    private let text: Slab<UInt8>

    /// What routes ask, group by group.
    let entries: Slab<RouteEntry>

    init(_ builder: consuming RouteTableBuilder) {
        roots = Slab(builder.roots, empty: 0)
        nodes = Slab(builder.nodes, empty: RouteNode())
        text = Slab(builder.text, empty: 0)
        entries = Slab(builder.entries, empty: RouteEntry())
    }

    /// The routes for the most specific pattern that is for the canonical `path`; an empty group when there is none.
    func mostSpecific(site: Int, path: Span<UInt8>) -> RouteGroup {
        var best = RouteGroup()
        var index = Int(roots[site])
        var position = 0
        while true {
            let node = nodes[index]
            if !holds(node, path, at: position) { return best }
            position &+= Int(node.count)
            if node.prefix.count != 0 { best = node.prefix }
            if position == path.count { return node.exact.count != 0 ? node.exact : best }
            guard let branch = node.branch(path[position]) else { return best }
            index = branch
        }
    }

    /// Whether the bytes of `node` stand at `position` of `path`.
    private func holds(_ node: RouteNode, _ path: Span<UInt8>, at position: Int) -> Bool {
        let count = Int(node.count)
        if path.count &- position < count { return false }
        for offset in 0..<count where text[Int(node.start) &+ offset] != path[position &+ offset] { return false }
        return true
    }
}
