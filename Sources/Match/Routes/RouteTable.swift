public import Bytes
public import Plan

/// Finds the route of a request in its site: a route for exactly this path, else the one for the longest prefix.
///
/// Each site is a tree over the bytes of the paths, in which runs without a branch are one node. A look-up costs the
/// length of the path, however many routes there are, and allocates nothing. The most specific path decides alone:
/// when its routes do not take the method or the client, no other route is tried.
public struct RouteTable: ~Copyable {
    /// The root of each site's tree.
    @usableFromInline let roots: Slab<UInt32>
    @usableFromInline let nodes: Slab<RouteNode>

    /// The bytes of all nodes.
    @usableFromInline let text: Slab<UInt8>
    @usableFromInline let entries: Slab<RouteEntry>
    @usableFromInline let networks: NetworkTable

    /// The table of a sound plan's routes.
    public init(_ plan: Plan) {
        var builder = RouteTableBuilder(plan)
        builder.build()
        roots = Slab(builder.roots, empty: 0)
        nodes = Slab(builder.nodes, empty: RouteNode())
        text = Slab(builder.text, empty: 0)
        entries = Slab(builder.entries, empty: RouteEntry())
        networks = NetworkTable(builder.sets)
    }

    /// The route of the site with number `site` for a request.
    ///
    /// - Parameters:
    ///   - path: the canonical path, without the query.
    ///   - method: the method's number in ``MethodSet``; any number that is not in it for another method, which only
    ///     routes without `methods` take.
    ///   - client: the address of the client.
    @inlinable
    public func match(site: Int, path: Span<UInt8>, method: UInt8, client: IPAddress) -> RouteMatch {
        let group = mostSpecific(site: site, path: path)
        if group.count == 0 { return .noRoute }
        var allow: MethodSet = []
        for offset in 0..<Int(group.count) {
            let entry = entries[Int(group.start) &+ offset]
            if !entry.takesAll && !entry.methods.contains(bit: method) {
                allow.formUnion(entry.methods)
                continue
            }
            if entry.networks != RouteEntry.everybody && !networks.contains(client, set: Int(entry.networks)) {
                return .clientNotAllowed(route: Int(entry.route))
            }
            return .route(Int(entry.route))
        }
        return .methodNotAllowed(route: Int(entries[Int(group.start)].route), allow: allow)
    }

    /// The routes for the most specific pattern that is for `path`; an empty group when there is none.
    @inlinable
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
    @inlinable
    func holds(_ node: RouteNode, _ path: Span<UInt8>, at position: Int) -> Bool {
        let count = Int(node.count)
        if path.count &- position < count { return false }
        for offset in 0..<count where text[Int(node.start) &+ offset] != path[position &+ offset] { return false }
        return true
    }
}

extension Slab {
    /// The elements of `array`.
    fileprivate init(_ array: [Element], empty: Element) {
        self.init(capacity: array.count, repeating: empty)
        for (index, element) in array.enumerated() { self[index] = element }
    }
}
