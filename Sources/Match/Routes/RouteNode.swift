public import Plan

/// One run of bytes in the tree of a ``RouteTable``, with what it means when a path reaches its end.
@usableFromInline
struct RouteNode: BitwiseCopyable {
    /// Where its bytes stand, and how many they are.
    @usableFromInline var start: UInt32 = 0
    @usableFromInline var count: UInt32 = 0

    /// The routes for the path that ends here.
    @usableFromInline var exact = RouteGroup()

    /// The routes for all paths that go through here.
    @usableFromInline var prefix = RouteGroup()

    /// The bytes that a branch begins with, as 256 bits.
    @usableFromInline var bytes: InlineArray<4, UInt64> = .init(repeating: 0)

    /// The number of the node of the first branch; those of the others follow in the order of their bytes.
    @usableFromInline var firstBranch: UInt32 = 0

    @usableFromInline init() {}

    /// The number of the node whose bytes begin with `byte`.
    @inlinable
    func branch(_ byte: UInt8) -> Int? {
        let word = Int(byte >> 6)
        let bit = UInt64(byte & 63)
        if bytes[word] >> bit & 1 == 0 { return nil }
        var before = (bytes[word] & ((1 << bit) &- 1)).nonzeroBitCount
        for index in 0..<word { before &+= bytes[index].nonzeroBitCount }
        return Int(firstBranch) &+ before
    }
}

/// The routes for one pattern, which differ in their methods: a run of entries.
@usableFromInline
struct RouteGroup: BitwiseCopyable {
    @usableFromInline var start: UInt32 = 0
    @usableFromInline var count: UInt32 = 0

    @usableFromInline init() {}
}

/// What a route asks of a request besides its path.
@usableFromInline
struct RouteEntry: BitwiseCopyable {
    /// The plan-wide number of the route.
    @usableFromInline var route: UInt32 = 0

    /// The number of the set of networks it is for, or ``everybody``.
    @usableFromInline var networks: UInt32 = RouteEntry.everybody

    /// The methods it takes, unless it takes all.
    @usableFromInline var methods: MethodSet = []
    @usableFromInline var takesAll = false

    @usableFromInline init() {}

    @inlinable static var everybody: UInt32 { .max }
}
