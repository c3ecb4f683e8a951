import Testing

@testable import masugata_dialer

@Suite("DeadlineLists: what is due")
struct DeadlineListsTests {
    @Test("deadlines come due in their order, whatever time each was allowed")
    func order() {
        var lists = DeadlineLists()
        lists.add(0, now: 0, allowed: 100)
        lists.add(1, now: 10, allowed: 20)
        lists.add(2, now: 20, allowed: 100)
        lists.add(3, now: 21, allowed: 20)
        #expect(lists.earliest == 30)
        #expect(lists.takeDue(29) == nil)
        #expect(lists.takeDue(30) == 1)
        #expect(lists.takeDue(30) == nil)
        #expect([lists.takeDue(200), lists.takeDue(200), lists.takeDue(200)].compactMap { $0 }.sorted() == [0, 2, 3])
        #expect(lists.earliest == nil)
    }

    @Test("10,000 random additions and removals agree with a plain table")
    func random() {
        var lists = DeadlineLists()
        var table: [Int: UInt64] = [:]
        var now: UInt64 = 0
        for _ in 0..<10_000 {
            now += UInt64.random(in: 0...3)
            let item = Int.random(in: 0..<50)
            if table[item] == nil {
                let allowed = [5, 50, 500].randomElement() ?? 5
                lists.add(item, now: now, allowed: UInt64(allowed))
                table[item] = now + UInt64(allowed)
            } else if Bool.random() {
                lists.remove(item)
                table[item] = nil
            }
            while let due = lists.takeDue(now) {
                #expect(table[due].map { $0 <= now } == true)
                table[due] = nil
            }
            #expect(lists.earliest == table.values.min())
        }
    }
}
