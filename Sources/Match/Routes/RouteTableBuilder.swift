import Plan

/// Makes the flat trees of a ``RouteTable``.
struct RouteTableBuilder {
    private let plan: Plan
    private(set) var roots: [UInt32] = []
    private(set) var nodes: [RouteNode] = []
    private(set) var text: [UInt8] = []
    private(set) var entries: [RouteEntry] = []

    /// The number of each route's condition.
    private let conditions: [UInt32]

    /// The run of each route's networks.
    private let networks: [TextPlace]

    /// The routes for one path, by plan-wide number.
    private struct Path {
        let bytes: [UInt8]
        var exact: [Int] = []
        var prefix: [Int] = []
    }

    /// Makes the tree of each site.
    /// - Parameters:
    ///   - conditions: for each route, the number of its condition.
    ///   - networks: for each route, the run of the networks it is for.
    init(_ plan: Plan, conditions: [UInt32], networks: [TextPlace]) {
        self.plan = plan
        self.conditions = conditions
        self.networks = networks
        build()
    }

    private mutating func build() {
        var first = 0
        for site in plan.sites {
            let root = nodes.count
            nodes.append(RouteNode())
            roots.append(UInt32(root))
            fill(root, with: paths(of: site, first: first)[...], from: 0, site.routes, first)
            first += site.routes.count
        }
    }

    /// The paths of `site`, whose first route has the number `first`, in the order of their bytes.
    private func paths(of site: Site, first: Int) -> [Path] {
        var paths: [[UInt8]: Path] = [:]
        for (offset, route) in site.routes.enumerated() {
            let bytes = route.pattern.path
            switch route.pattern.kind {
            case .exact: paths[bytes, default: Path(bytes: bytes)].exact.append(first + offset)
            case .prefix: paths[bytes, default: Path(bytes: bytes)].prefix.append(first + offset)
            }
        }
        return paths.values.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Makes the node with number `index` that for `paths`, which are in order, not empty, and equal up to `start`.
    private mutating func fill(
        _ index: Int, with paths: ArraySlice<Path>, from start: Int, _ routes: [Route], _ first: Int
    ) {
        guard let one = paths.first, let last = paths.last else { return }
        // In an ordered list the first and the last have in common what all have.
        let end = zip(one.bytes, last.bytes).prefix { $0 == $1 }.count
        var node = RouteNode()
        node.start = UInt32(text.count)
        node.count = UInt32(end - start)
        text += one.bytes[start..<end]
        var rest = paths
        if one.bytes.count == end {
            node.exact = group(one.exact, routes, first)
            node.prefix = group(one.prefix, routes, first)
            rest = rest.dropFirst()
        }
        let branches = RouteTableBuilder.branches(of: rest, at: end)
        node.firstBranch = UInt32(nodes.count)
        for branch in branches {
            let byte = branch[branch.startIndex].bytes[end]
            node.bytes[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
        }
        nodes[index] = node
        nodes += [RouteNode](repeating: RouteNode(), count: branches.count)
        for (offset, branch) in branches.enumerated() {
            fill(Int(node.firstBranch) + offset, with: branch, from: end, routes, first)
        }
    }

    /// `paths` cut where the byte at `position` changes.
    private static func branches(of paths: ArraySlice<Path>, at position: Int) -> [ArraySlice<Path>] {
        var branches: [ArraySlice<Path>] = []
        var start = paths.startIndex
        for index in paths.indices where index > start && paths[index].bytes[position] != paths[start].bytes[position] {
            branches.append(paths[start..<index])
            start = index
        }
        if start < paths.endIndex { branches.append(paths[start...]) }
        return branches
    }

    private mutating func group(_ numbers: [Int], _ routes: [Route], _ first: Int) -> RouteGroup {
        var group = RouteGroup()
        group.start = UInt32(entries.count)
        group.count = UInt32(numbers.count)
        let isConditional = { (number: Int) in routes[number - first].condition != nil }
        for number in numbers.filter(isConditional) + numbers.filter({ !isConditional($0) }) {
            let route = routes[number - first]
            var entry = RouteEntry()
            entry.route = UInt32(number)
            entry.condition = conditions[number]
            entry.takesAll = route.methods == nil
            entry.methods = route.methods ?? .all
            entry.isForEverybody = route.from == nil
            entry.networks = networks[number]
            entries.append(entry)
        }
        return group
    }
}
