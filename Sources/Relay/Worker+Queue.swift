internal import Balancer
internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys

/// Exchanges that wait because as many connections as may be are open, first come first.
extension Worker {
    /// Has an exchange wait for a connection of its pool.
    mutating func enqueue(_ number: Int) {
        let pool = Int(exchanges[number].pool)
        if pool == Exchange.strayPool {
            fail(number, .upstreamUnavailable)
            return
        }
        let next = exchanges[number].holdsPlace ? successor(in: pool, of: exchanges[number].start) : -1
        if !exchanges[number].holdsPlace {
            if current.queues[pool].count >= current.pools[pool].queue {
                fail(number, .poolQueue)
                return
            }
            exchanges[number].holdsPlace = true
            current.queues[pool].count += 1
        }
        let previous = next >= 0 ? exchanges[Int(next)].previousQueued : current.queues[pool].last
        exchanges[number].phase = .queued
        exchanges[number].nextQueued = next
        exchanges[number].previousQueued = previous
        if previous >= 0 {
            exchanges[Int(previous)].nextQueued = Int32(number)
        } else {
            current.queues[pool].first = Int32(number)
        }
        if next >= 0 {
            exchanges[Int(next)].previousQueued = Int32(number)
        } else {
            current.queues[pool].last = Int32(number)
        }
        armQueue(number)
    }

    /// The first in the queue that came after `start`, or -1.
    private func successor(in pool: Int, of start: UInt64) -> Int32 {
        var other = current.queues[pool].first
        while other >= 0 && exchanges[Int(other)].start <= start { other = exchanges[Int(other)].nextQueued }
        return other
    }

    /// Takes an exchange out of the queue, to look for a connection again. It holds its place until it has one.
    mutating func dequeue(_ number: Int) {
        let pool = Int(exchanges[number].pool)
        let next = exchanges[number].nextQueued
        let previous = exchanges[number].previousQueued
        if previous >= 0 { exchanges[Int(previous)].nextQueued = next } else { current.queues[pool].first = next }
        if next >= 0 { exchanges[Int(next)].previousQueued = previous } else { current.queues[pool].last = previous }
        exchanges[number].nextQueued = -1
        exchanges[number].previousQueued = -1
        exchanges[number].phase = .begun
    }

    /// Gives up the place in the queue, if the exchange holds one.
    mutating func leaveQueue(_ number: Int) {
        if exchanges[number].phase == .queued { dequeue(number) }
        if !exchanges[number].holdsPlace { return }
        exchanges[number].holdsPlace = false
        current.queues[Int(exchanges[number].pool)].count -= 1
    }

    /// A queued exchange is looked at again soon: connections of other workers are given back unseen by this one.
    mutating func armQueue(_ number: Int) {
        let end = exchanges[number].start + current.pools[Int(exchanges[number].pool)].queueWait
        timers.arm(exchangeTimer(number), at: min(end, now + Worker.queueLook))
    }

    /// Microseconds for which a server that had no room is taken to have none.
    static var queueLook: UInt64 { 100_000 }

    /// A connection of the pool has ended: who waits first looks for another.
    mutating func wakeQueue(ofPool pool: Int) {
        if pool == Exchange.strayPool { return }
        let waiting = Int(current.queues[pool].first)
        if waiting < 0 { return }
        dequeue(waiting)
        connect(waiting)
    }
}
