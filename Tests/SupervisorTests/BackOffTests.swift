import Testing

@testable import masugatad

@Suite("Back-off")
struct BackOffTests {
    @Test("the first restart is at once, the next ones wait longer, up to five seconds")
    func grows() {
        var backOff = BackOff()
        let waits = (0..<10).map { _ in backOff.died(after: 1_000) / 1_000 }
        #expect(waits == [0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000])
    }

    @Test("who lived for thirty seconds starts afresh")
    func resets() {
        var backOff = BackOff()
        for _ in 0..<5 { _ = backOff.died(after: 29_999_999) }
        #expect(backOff.died(after: 29_999_999) > 0)
        #expect(backOff.died(after: 30_000_000) == 0)
        #expect(backOff.died(after: 0) == 100_000)
    }

    @Test("it never overflows")
    func bounded() {
        var backOff = BackOff()
        for _ in 0..<1_000 { #expect(backOff.died(after: 0) <= BackOff.longest) }
    }

    @Test("a time that is still to come has no age")
    func ages() {
        #expect(UInt64(5).age(at: 8) == 3)
        #expect(UInt64(8).age(at: 5) == 0)
    }
}
