/// Where a run of bytes or of other elements stands in a flat table.
package struct TextPlace: BitwiseCopyable {
    var start: UInt32 = 0
    package var count: UInt32 = 0

    package init() {}

    package init(start: Int, count: Int) {
        self.start = UInt32(start)
        self.count = UInt32(count)
    }

    package var first: Int { Int(start) }
    package var end: Int { Int(start) &+ Int(count) }
}
