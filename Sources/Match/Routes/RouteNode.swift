import Plan

/// One run of bytes in the tree of a ``RouteTable``, with what it means when a path reaches its end.
struct RouteNode: BitwiseCopyable {
    /// Where its bytes stand, and how many they are.
    var start: UInt32 = 0
    var count: UInt32 = 0

    /// The routes for the path that ends here.
    var exact = RouteGroup()

    /// The routes for all paths that go through here.
    var prefix = RouteGroup()

    /// The bytes that a branch begins with, as 256 bits.
    var bytes: InlineArray<4, UInt64> = .init(repeating: 0)

    /// The number of the node of the first branch; those of the others follow in the order of their bytes.
    var firstBranch: UInt32 = 0

    /// The number of the node whose bytes begin with `byte`.
    func branch(_ byte: UInt8) -> Int? {
        let word = Int(byte >> 6)
        let bit = UInt64(byte & 63)
        if bytes[word] >> bit & 1 == 0 { return nil }
        var before = (bytes[word] & ((1 << bit) &- 1)).nonzeroBitCount
        for index in 0..<word { before &+= bytes[index].nonzeroBitCount }
        return Int(firstBranch) &+ before
    }
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
