import Sys
import Testing

@Suite("Deadlines come up once, never early, and at most two ticks late")
struct TimerWheelTests {
    private static let second: UInt64 = 1_000_000

    /// All owners whose deadline has passed at `now`.
    private func passed(_ wheel: inout TimerWheel, _ now: UInt64) -> [Int] {
        var owners: [Int] = []
        while let owner = wheel.next(now: now) { owners.append(owner) }
        return owners
    }

    @Test("A deadline comes up once")
    func once() {
        var wheel = TimerWheel(owners: 2, now: 0)
        wheel.arm(1, at: Self.second)
        #expect(passed(&wheel, Self.second - 1) == [])
        #expect(passed(&wheel, Self.second + 2 * TimerWheel.tick) == [1])
        #expect(passed(&wheel, 100 * Self.second) == [])
    }

    @Test("A deadline that is put off or brought forward counts as last set")
    func moved() {
        var wheel = TimerWheel(owners: 2, now: 0)
        wheel.arm(0, at: Self.second)
        wheel.arm(0, at: 5 * Self.second)
        wheel.arm(1, at: 30 * Self.second)
        wheel.arm(1, at: 2 * Self.second)
        #expect(passed(&wheel, 2 * Self.second - 1) == [])
        #expect(passed(&wheel, 2 * Self.second + 2 * TimerWheel.tick) == [1])
        #expect(passed(&wheel, 5 * Self.second - 1) == [])
        #expect(passed(&wheel, 5 * Self.second + 2 * TimerWheel.tick) == [0])
    }

    @Test("A deadline that is forgotten does not come up, and can be set again")
    func disarmed() {
        var wheel = TimerWheel(owners: 1, now: 0)
        wheel.arm(0, at: Self.second)
        wheel.disarm(0)
        #expect(passed(&wheel, 10 * Self.second) == [])
        wheel.arm(0, at: 11 * Self.second)
        #expect(passed(&wheel, 12 * Self.second) == [0])
    }

    @Test("Deadlines beyond a round of the ring, and in the past, come up too")
    func extremes() {
        var wheel = TimerWheel(owners: 2, now: 0)
        wheel.arm(0, at: 3_600 * Self.second)
        wheel.arm(1, at: 0)
        #expect(passed(&wheel, 2 * TimerWheel.tick) == [1])
        var now: UInt64 = 0
        while now < 3_600 * Self.second {
            #expect(passed(&wheel, now) == [])
            now += 700_000
        }
        #expect(passed(&wheel, 3_600 * Self.second + 2 * TimerWheel.tick) == [0])
    }

    @Test("As a list of deadlines would have it, whatever is set and forgotten", arguments: 0..<20)
    func model(_ seed: UInt64) {
        var random = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func next(_ limit: UInt64) -> UInt64 {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return random % limit
        }
        let owners = 50
        var now = next(1 << 40)
        var wheel = TimerWheel(owners: owners, now: now)
        var deadlines = [UInt64](repeating: 0, count: owners)
        for _ in 0..<2_000 {
            let owner = Int(next(UInt64(owners)))
            switch next(4) {
            case 0:
                wheel.disarm(owner)
                deadlines[owner] = 0
            case 1:
                deadlines[owner] = now + next(60 * Self.second)
                wheel.arm(owner, at: deadlines[owner])
            default:
                deadlines[owner] = now + next(Self.second)
                wheel.arm(owner, at: deadlines[owner])
            }
            now += next(200_000)
            for owner in passed(&wheel, now) {
                #expect(deadlines[owner] > 0 && deadlines[owner] <= now)
                deadlines[owner] = 0
            }
            let late = deadlines.filter { $0 > 0 && $0 + 2 * TimerWheel.tick < now }
            #expect(late.isEmpty)
        }
    }
}
