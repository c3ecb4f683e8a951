import Glibc
import Sys
import Testing

@Suite("Records pass through shared memory whole and in order")
struct SharedRingTests {
    private static let capacity = 4_096
    private let memory: Int32

    init() throws { memory = try SharedRing.create(capacity: Self.capacity).release() }

    private func side() throws -> RingSide { try RingSide(memory, capacity: Self.capacity) }

    @Test("What one side appends the other takes, round after round")
    func rounds() throws {
        let appender = try side()
        let taker = try side()
        for round in 0..<500 {
            let records = (0..<round % 5 + 1).map { number in
                [UInt8](repeating: UInt8(truncatingIfNeeded: round + number), count: (round * 37 + number * 101) % 700)
            }
            for record in records { #expect(appender.append(record)) }
            #expect(taker.takeAll() == records)
        }
    }

    @Test("What does not fit is not appended, until there is room")
    func full() throws {
        let appender = try side()
        let taker = try side()
        let record = [UInt8](repeating: 7, count: 1_000)
        var count = 0
        while appender.append(record) { count += 1 }
        #expect(count == 4)
        appender.countDropped()
        #expect(taker.dropped == 1 && taker.takeAll().count == 4)
        #expect(appender.append(record))
        #expect(!appender.append([UInt8](repeating: 0, count: Self.capacity)))
    }

    @Test("A successor goes on where the taker before it had finished")
    func successor() throws {
        let appender = try side()
        for number in 0..<3 { #expect(appender.append([UInt8(number)])) }
        do {
            let taker = try side()
            guard case .record(_, let next, _) = taker.read(at: taker.taken, room: 16) else {
                Issue.record("no record")
                return
            }
            taker.finish(next)
            // Read, but not finished: the successor reads it again.
            #expect(taker.read(at: next, room: 16) != .empty)
        }
        let successor = try side()
        #expect(successor.takeAll() == [[1], [2]])
    }

    @Test("A position or a length that cannot be is corrupt, and can be passed over")
    func corrupt() throws {
        let appender = try side()
        let taker = try side()
        #expect(appender.append([UInt8](repeating: 1, count: 100)))
        #expect(taker.read(at: taker.taken, room: 10) == .corrupt)
        #expect(taker.read(at: taker.taken &- UInt64(Self.capacity) &- 1, room: 10) == .corrupt)
        taker.discardAll()
        #expect(taker.read(at: taker.taken, room: 10) == .empty)
    }

    @Test("What is prepared is seen when it is published, in its place, and never when it is withdrawn")
    func prepared() throws {
        let appender = try side()
        let taker = try side()
        for round in 0..<250 as Range<UInt8> {
            let records = (0..<3 as Range<UInt8>).map { [UInt8](repeating: round &+ $0, count: 90 + Int(round)) }
            #expect(appender.append(records[0]))
            #expect(appender.prepare([1, 2, 3]))
            #expect(taker.read(at: taker.taken, room: 400) != .empty)
            appender.withdraw()
            #expect(appender.prepare(records[1]) && appender.prepare(records[2]))
            #expect(taker.takeAll() == [records[0]])
            #expect(appender.publish() && !appender.publish())
            #expect(taker.takeAll() == [records[1], records[2]])
        }
        #expect(taker.unconfirmed == [])
    }

    @Test("What a dead appender had prepared is appended once, by its successor or the taker, and is not confirmed")
    func adopted() throws {
        let taker = try side()
        for adopters in [[true], [false], [true, true], [true, false], [false, true]] {
            let appender = try side()
            #expect(appender.append([1]) && appender.prepare([2, 2]) && appender.prepare([3, 3, 3]))
            // It dies here.
            let successor = try side()
            for isSuccessor in adopters { (isSuccessor ? successor : taker).adoptPrepared() }
            if !adopters.contains(true) { successor.adoptPrepared() }
            #expect(successor.append([4]))
            #expect(taker.takeAll() == [[1], [2, 2], [3, 3, 3], [4]])
            #expect(taker.unconfirmed.suffix(2) == [[2, 2], [3, 3, 3]])
        }
        #expect(taker.unconfirmed.count == 10)
    }

    @Test("What an appender published, withdrew or replaced before it died is not adopted")
    func nothingToAdopt() throws {
        let taker = try side()
        let ends: [(RingSide) -> Void] = [
            { _ in }, { $0.withdraw() }, { _ = $0.publish() }, { _ = $0.append([9]) },
        ]
        for (number, end) in ends.enumerated() {
            let appender = try side()
            if number > 0 { #expect(appender.prepare([7, 7])) }
            end(appender)
            try side().adoptPrepared()
            taker.adoptPrepared()
            #expect(taker.takeAll() == [[], [], [[7, 7]], [[9]]][number])
        }
        #expect(taker.unconfirmed == [])
    }

    @Test("What does not fit is not prepared, and what is adopted cannot be more than the ring holds")
    func preparedLimits() throws {
        let appender = try side()
        let taker = try side()
        #expect(appender.append([UInt8](repeating: 1, count: 2_000)))
        #expect(appender.prepare([UInt8](repeating: 2, count: 2_000)))
        #expect(!appender.prepare([UInt8](repeating: 3, count: 100)))
        #expect(appender.publish())
        #expect(taker.takeAll().count == 2)
        var beyond = taker.taken + UInt64(Self.capacity) + 1
        #expect(pwrite(memory, &beyond, 8, 256) == 8)
        taker.adoptPrepared()
        #expect(taker.takeAll() == [])
    }

    @Test("Who sleeps is woken once")
    func sleep() throws {
        let appender = try side()
        let taker = try side()
        #expect(!appender.takeWakeDuty())
        taker.announceSleep()
        #expect(appender.takeWakeDuty())
        #expect(!appender.takeWakeDuty())
    }

    @Test("Memory that is too small is not mapped")
    func small() throws {
        #expect(throws: Errno.self) { _ = try SharedRing(mapping: memory, capacity: Self.capacity * 2) }
    }
}
