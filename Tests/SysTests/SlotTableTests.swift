import Testing

@Suite("Slots are taken and given back, and nobody takes one value for another")
struct SlotTableTests {
    @Test("A full table takes nothing")
    func capacity() {
        let table = Slots(capacity: 2)
        #expect(table.take(10) == 0 && table.take(11) == 1 && table.take(12) == nil)
        #expect(table.count == 2 && table.end == 2)
        table.giveBack(0)
        #expect(table.count == 1 && table.take(13) == 0 && table[0] == 13 && table[1] == 11)
    }

    @Test("A value that has gone is not there, whoever came in its place")
    func generations() throws {
        let table = Slots(capacity: 1)
        let slot = try #require(table.take(1))
        let generation = table.generation(slot)
        #expect(table.holds(slot, generation) && table.isTaken(slot))
        table.giveBack(slot)
        #expect(!table.holds(slot, generation) && !table.isTaken(slot))
        // The generation of a free place holds nothing either.
        #expect(!table.holds(slot, table.generation(slot)))
        #expect(table.take(2) == slot)
        #expect(!table.holds(slot, generation) && table.holds(slot, table.generation(slot)))
    }

    @Test("Numbers outside of the table are not taken")
    func outside() {
        let table = Slots(capacity: 4)
        #expect(!table.isTaken(0) && !table.isTaken(-1) && !table.isTaken(4) && !table.holds(9, 1))
    }

    @Test("Values stay where they are while others come and go")
    func model() {
        let table = Slots(capacity: 64)
        var held: [Int: Int] = [:]
        for number in 0..<5_000 {
            if number % 3 != 0, let slot = table.take(number) {
                #expect(held[slot] == nil)
                held[slot] = number
            } else if let slot = held.keys.sorted().dropFirst(number % 7).first {
                table.giveBack(slot)
                held[slot] = nil
            }
            #expect(table.count == held.count && held.allSatisfy { table[$0.key] == $0.value })
        }
    }
}
