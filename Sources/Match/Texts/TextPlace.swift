/// Where a run of bytes or of other elements stands in a flat table.
struct TextPlace: BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt32 = 0

    init() {}

    init(start: Int, count: Int) {
        self.start = UInt32(start)
        self.count = UInt32(count)
    }

    var first: Int { Int(start) }
    var end: Int { Int(start) &+ Int(count) }
}
