import Plan

/// A place in the tree of a ``RouteTable``: a path up to a slash, or a whole path that does not end in one.
struct RouteNode: BitwiseCopyable {
    /// The routes for the path that ends here.
    var exact = RouteGroup()

    /// The routes for all paths that go through here.
    var prefix = RouteGroup()

    /// Whether any path goes on from here.
    var hasBranches = false
}

/// The way from one node to another by a segment of the path, in a hash table.
struct RouteBranch: BitwiseCopyable {
    var hash: UInt64 = 0

    /// The node that it leads from.
    var parent: UInt32 = 0

    /// The node that it leads to, or ``free`` where the slot is empty.
    var target = RouteBranch.free

    /// Where the segment stands, without a slash.
    var segment = TextPlace()

    static var free: UInt32 { .max }

    /// What the hash of the segment begins with: a segment with a slash behind it leads elsewhere than one without.
    static func seed(from parent: UInt32, isClosed: Bool) -> UInt64 { UInt64(parent) << 1 | (isClosed ? 1 : 0) }
}

/// The routes for one pattern: a run of entries, those with a condition first.
struct RouteGroup: BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt32 = 0
}

/// What a route asks of a request besides its path.
struct RouteEntry: BitwiseCopyable {
    /// The plan-wide number of the route.
    var route: UInt32 = 0

    /// The condition that has to hold, or ``ConditionTable/always``.
    var condition = ConditionTable.always

    /// The run of the networks it is for, unless it is for everybody.
    var networks = TextPlace()
    var isForEverybody = true

    /// The methods it takes, unless it takes all.
    var methods: MethodSet = []
    var takesAll = false
}
