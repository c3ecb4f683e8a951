import Plan

/// Makes the flat trees of a ``RouteTable``.
struct RouteTableBuilder {
    private let plan: Plan
    private(set) var roots: [UInt32] = []
    private(set) var nodes: [RouteNode] = []
    private(set) var branches: [RouteBranch] = []
    private(set) var text: [UInt8] = []
    private(set) var entries: [RouteEntry] = []

    /// The number of each route's condition.
    private let conditions: [UInt32]

    /// The run of each route's networks.
    private let networks: [TextPlace]

    /// Where the branches lead that there are already.
    private var targets: [Branch: Int] = [:]

    private struct Branch: Hashable {
        let parent: Int
        let segment: ArraySlice<UInt8>
        let isClosed: Bool
    }

    /// Makes the tree of each site.
    /// - Parameters:
    ///   - conditions: for each route, the number of its condition.
    ///   - networks: for each route, the run of the networks it is for.
    init(_ plan: Plan, conditions: [UInt32], networks: [TextPlace]) {
        self.plan = plan
        self.conditions = conditions
        self.networks = networks
        var first = 0
        for site in plan.sites {
            add(site.routes, first: first)
            first += site.routes.count
        }
    }

    /// Adds a site's tree. Its first route has the number `first`.
    private mutating func add(_ routes: [Route], first: Int) {
        let root = nodes.count
        nodes.append(RouteNode())
        roots.append(UInt32(root))
        var exact: [Int: [Int]] = [:]
        var prefix: [Int: [Int]] = [:]
        for (offset, route) in routes.enumerated() {
            let node = node(of: route.pattern.path, root)
            switch route.pattern.kind {
            case .exact: exact[node, default: []].append(first + offset)
            case .prefix: prefix[node, default: []].append(first + offset)
            }
        }
        for node in root..<nodes.count {
            if let numbers = exact[node] { nodes[node].exact = group(numbers, routes, first) }
            if let numbers = prefix[node] { nodes[node].prefix = group(numbers, routes, first) }
        }
    }

    /// The node of `path`, which begins with a slash; made with all on the way to it.
    private mutating func node(of path: [UInt8], _ root: Int) -> Int {
        var node = root
        var start = 1
        while start < path.count {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
            node = target(of: Branch(parent: node, segment: path[start..<end], isClosed: end < path.count))
            start = end + 1
        }
        return node
    }

    private mutating func target(of key: Branch) -> Int {
        if let target = targets[key] { return target }
        let target = nodes.count
        targets[key] = target
        nodes.append(RouteNode())
        nodes[key.parent].hasBranches = true
        var branch = RouteBranch()
        branch.parent = UInt32(key.parent)
        branch.target = UInt32(target)
        branch.segment = TextPlace(start: text.count, count: key.segment.count)
        branch.hash = TextHash.of(
            key.segment.span, seed: RouteBranch.seed(from: branch.parent, isClosed: key.isClosed))
        text += key.segment
        branches.append(branch)
        return target
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
