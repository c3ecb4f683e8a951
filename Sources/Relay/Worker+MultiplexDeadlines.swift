internal import Bytes
internal import HTTP2
internal import HTTPModel
internal import Plan
internal import Sys

/// What happens when a connection of HTTP/2 takes too long.
extension Worker {
    /// Sets the time at which the connection is looked at next.
    mutating func armMultiplex(_ slot: Int) {
        recover(slot)
        let isIdle = multiplexes[slot].connection.streamCount == 0
        if !isIdle {
            multiplexes[slot].idleSince = 0
        } else if multiplexes[slot].idleSince == 0 {
            multiplexes[slot].idleSince = now
        }
        if !multiplexes[slot].connection.awaitsAcknowledgement {
            multiplexes[slot].settingsSince = 0
        } else if multiplexes[slot].settingsSince == 0 {
            multiplexes[slot].settingsSince = now
        }
        let deadline = multiplexDeadlines(slot).earliest
        if deadline == .max { timers.disarm(slot) } else { timers.arm(slot, at: deadline) }
    }

    /// When the connection has waited too long for each thing that it waits for; `UInt64.max` where it does not.
    private struct Deadlines {
        var taking = UInt64.max
        var settings = UInt64.max
        var frame = UInt64.max
        var idle = UInt64.max
        var shutdown = UInt64.max

        var earliest: UInt64 { min(min(min(taking, settings), min(frame, idle)), shutdown) }
    }

    private func multiplexDeadlines(_ slot: Int) -> Deadlines {
        var deadlines = Deadlines()
        let blockedSince = clients[slot].blockedSince
        if blockedSince > 0 { deadlines.taking = blockedSince + time(.send) }
        let settingsSince = multiplexes[slot].settingsSince
        if settingsSince > 0 { deadlines.settings = settingsSince + time(.head) }
        let partialSince = multiplexes[slot].partialSince
        if partialSince > 0 { deadlines.frame = partialSince + time(.head) }
        let idleSince = multiplexes[slot].idleSince
        if idleSince > 0 { deadlines.idle = idleSince + time(.idle) }
        let shutdownSince = multiplexes[slot].shutdownSince
        if shutdownSince > 0 { deadlines.shutdown = shutdownSince + time(.linger) }
        return deadlines
    }

    /// Some time of the connection is over.
    mutating func multiplexDeadline(_ slot: Int) {
        let deadlines = multiplexDeadlines(slot)
        if now >= deadlines.taking {
            loseClient(slot, because: .deadlineWrite)
        } else if now >= deadlines.settings {
            abortMultiplex(slot, .settingsTimeout, .deadlineHead)
        } else if now >= deadlines.frame {
            abortMultiplex(slot, .protocolError, .deadlineHead)
        } else if now >= deadlines.idle {
            abortMultiplex(slot, .noError, .deadlineIdle)
        } else {
            // Who does not answer to the end that was announced has had the time for it; his requests go on.
            if now >= deadlines.shutdown { finishShutdown(slot) }
            armAgain(slot)
        }
    }

    private mutating func armAgain(_ slot: Int) {
        var deadlines = multiplexDeadlines(slot)
        if now >= deadlines.shutdown { deadlines.shutdown = .max }
        if deadlines.earliest != .max { timers.arm(slot, at: deadlines.earliest) }
    }

    /// Gives a connection back what of its budget time heals: all of it in a minute.
    private mutating func recover(_ slot: Int) {
        let seconds = (now - multiplexes[slot].recoveredAt) / 1_000_000
        if seconds == 0 { return }
        multiplexes[slot].recoveredAt += seconds * 1_000_000
        let all = multiplexes[slot].connection.limits.cheapFrames
        multiplexes[slot].connection.recover(Int(min(seconds, 60)) * all / 60)
    }

    /// Whether the client's stream waits for something that the client has to do: not for its turn, nor for a connection that is
    /// looked after itself.
    func isStalled(_ slot: Int) -> Bool {
        let stream = clients[slot].stream
        if stream < 0 { return true }
        let connection = Int(streams[Int(stream)].connection)
        return multiplexes[connection].connection.sendable(streams[Int(stream)].reference, 1) == 0
    }
}
