import Bytes
import Testing

@Suite("Values that own memory have places")
struct OwnerTableTests {
    /// Counts itself out.
    private struct Owner: ~Copyable {
        let ended: Counter
        var number: Int

        deinit { ended.count += 1 }
    }

    private final class Counter {
        var count = 0
    }

    @Test("A value is changed where it is, and ends when it is removed")
    func places() {
        let ended = Counter()
        var table = OwnerTable<Owner>(capacity: 3)
        table.put(Owner(ended: ended, number: 1), at: 2)
        #expect(table.isTaken(2) && !table.isTaken(0) && table.count == 1)
        table[2].number += 41
        #expect(table[2].number == 42 && ended.count == 0)
        table.remove(2)
        #expect(!table.isTaken(2) && table.count == 0 && ended.count == 1)
        table.remove(2)
        #expect(ended.count == 1)
        table.put(Owner(ended: ended, number: 2), at: 2)
        #expect(table[2].number == 2)
    }

    @Test("What is left ends with the table")
    func end() {
        let ended = Counter()
        do {
            var table = OwnerTable<Owner>(capacity: 2)
            table.put(Owner(ended: ended, number: 1), at: 0)
            table.put(Owner(ended: ended, number: 2), at: 1)
        }
        #expect(ended.count == 2)
    }
}
