import Testing

@testable import Balancer

@Suite("RoundRobin: servers in turn, failures remembered")
struct RoundRobinTests {
    private func choices(_ balancer: inout RoundRobin, pool: Int = 0, count: Int, now: UInt64 = 0) -> [Int] {
        (0..<count).compactMap { _ in balancer.next(pool: pool, now: now) }
    }

    @Test("equal servers take turns")
    func equalWeights() {
        var balancer = RoundRobin(weights: [[1, 1, 1]])
        #expect(choices(&balancer, count: 6) == [0, 1, 2, 0, 1, 2])
    }

    @Test("weights 5, 1, 1 give the smooth order a a b a c a a")
    func smoothOrder() {
        var balancer = RoundRobin(weights: [[5, 1, 1]])
        #expect(choices(&balancer, count: 14) == [0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0])
    }

    @Test("servers are numbered pool by pool, and pools do not disturb each other")
    func pools() {
        var balancer = RoundRobin(weights: [[1], [1, 1], [3, 1]])
        #expect(balancer.count == 5)
        #expect(choices(&balancer, pool: 0, count: 2) == [0, 0])
        #expect(choices(&balancer, pool: 1, count: 2) == [1, 2])
        #expect(choices(&balancer, pool: 2, count: 4) == [3, 3, 4, 3])
        #expect(choices(&balancer, pool: 1, count: 2) == [1, 2])
    }

    @Test("over many choices each server is chosen exactly as often as its weight says")
    func proportions() {
        let weights = [7, 1, 30, 12]
        var balancer = RoundRobin(weights: [weights])
        var counts = [0, 0, 0, 0]
        for choice in choices(&balancer, count: 50 * 20) { counts[choice] += 1 }
        #expect(counts == weights.map { $0 * 20 })
    }

    @Test("a server that failed is passed over until its pause ends, then one caller tries it")
    func pause() {
        var balancer = RoundRobin(weights: [[1, 1]], memory: FailureMemory(first: 100, longest: 1_000))
        balancer.failed(0, now: 10)
        #expect(balancer.isPaused(0, now: 109) == true)
        #expect(choices(&balancer, count: 4, now: 109) == [1, 1, 1, 1])
        let tries = choices(&balancer, count: 6, now: 110)
        #expect(tries.filter { $0 == 0 }.count == 1)
        balancer.succeeded(0)
        #expect(Set(choices(&balancer, count: 2, now: 110)) == [0, 1])
    }

    @Test("each failed trial doubles the pause, up to the longest")
    func backOff() {
        var balancer = RoundRobin(weights: [[1, 1]], memory: FailureMemory(first: 100, longest: 350))
        var now: UInt64 = 0
        for pause in [100, 200, 350, 350] as [UInt64] {
            balancer.failed(0, now: now)
            #expect(balancer.isPaused(0, now: now + pause - 1) == true)
            #expect(balancer.isPaused(0, now: now + pause) == false)
            now += pause
            while balancer.next(pool: 0, now: now) != 0 {}
        }
    }

    @Test("a server without room is passed over, and takes its turns again when it has room or the time is over")
    func full() {
        var balancer = RoundRobin(weights: [[1, 1]])
        balancer.filled(0, until: 100)
        #expect(choices(&balancer, count: 3, now: 99) == [1, 1, 1])
        #expect(Set(choices(&balancer, count: 2, now: 100)) == [0, 1])
        balancer.filled(1, until: 300)
        #expect(choices(&balancer, count: 2, now: 200) == [0, 0])
        balancer.emptied(1)
        #expect(Set(choices(&balancer, count: 2, now: 200)) == [0, 1])
    }

    @Test("when no server has room there is none to choose")
    func allFull() {
        var balancer = RoundRobin(weights: [[1, 1], [1]])
        balancer.filled(0, until: 100)
        balancer.filled(1, until: 100)
        #expect(balancer.next(pool: 0, now: 50) == nil)
        #expect(balancer.next(pool: 1, now: 50) == 2)
    }

    @Test("a server that works and has no room is waited for, before one is tried that failed")
    func fullAndPaused() {
        var balancer = RoundRobin(weights: [[1, 1]])
        balancer.failed(0, now: 10)
        balancer.filled(1, until: 100)
        #expect(balancer.next(pool: 0, now: 50) == nil)
        balancer.failed(1, now: 50)
        // Neither works: the one with room is tried.
        #expect(balancer.next(pool: 0, now: 50) == 0)
    }

    @Test("requests that fail together are one failure")
    func burst() {
        var balancer = RoundRobin(weights: [[1, 1]], memory: FailureMemory(first: 100, longest: 10_000))
        for _ in 0..<20 { balancer.failed(0, now: 5) }
        #expect(balancer.isPaused(0, now: 105) == false)
    }

    @Test("a trial that is never reported does not lock the server out")
    func silentTrial() {
        var balancer = RoundRobin(weights: [[1, 1]], memory: FailureMemory(first: 100, longest: 1_000))
        balancer.failed(0, now: 0)
        #expect(choices(&balancer, count: 4, now: 100).contains(0))
        #expect(!choices(&balancer, count: 4, now: 150).contains(0))
        #expect(choices(&balancer, count: 4, now: 200).contains(0))
    }

    @Test("when all servers are paused the turn goes on")
    func allDown() {
        var balancer = RoundRobin(weights: [[1, 1, 1]])
        for server in 0..<3 { balancer.failed(server, now: 0) }
        #expect(choices(&balancer, count: 6, now: 1).sorted() == [0, 0, 1, 1, 2, 2])
    }

    @Test("a pause never overflows, however long the row of failures")
    func overflow() {
        let memory = FailureMemory(first: UInt64.max / 2, longest: UInt64.max)
        #expect(memory.pause(afterFailures: 0) == UInt64.max / 2)
        #expect(memory.pause(afterFailures: 64) == UInt64.max)
    }
}
