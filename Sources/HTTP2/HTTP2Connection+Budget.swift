internal import Bytes

/// The budget of cheap frames: what the other end can make us do for nothing.
extension HTTP2Connection {
    /// How many streams the other end may have at once, after what it has done so far.
    public var allowedStreams: Int {
        max(limits.concurrentStreams >> halvings, min(limits.leastConcurrentStreams, limits.concurrentStreams))
    }

    /// Takes `cost` from the budget; a connection without budget is over.
    mutating func spend(_ cost: Int) throws(ConnectionFailure) {
        budget -= cost
        if budget < 0 { throw failure(.enhanceYourCalm) }
        // Half of the streams for half of the budget, and so on.
        if role == .server && budget < limits.cheapFrames >> (halvings + 1)
            && allowedStreams > limits.leastConcurrentStreams
        {
            halvings += 1
            settingsAreDue = true
            hasDues = true
        }
    }

    /// Gives `amount` back for useful work. A full budget brings all streams back.
    mutating func refill(_ amount: Int) {
        budget = min(budget + amount, limits.cheapFrames)
        if budget == limits.cheapFrames && halvings > 0 {
            halvings = 0
            settingsAreDue = true
            hasDues = true
        }
    }

    /// Gives `amount` back for time that went by, so that a connection that is quiet for long is not held to what
    /// it once did. Whoever has a clock calls it.
    public mutating func recover(_ amount: Int) { refill(max(amount, 0)) }

    /// Tells the other end how many streams it may have.
    @_lifetime(output: copy output)
    mutating func announceConcurrency(to output: inout ByteWriter) {
        if output.remaining < FrameHeader.size + SettingsEntry.size {
            hasDues = true
            return
        }
        settingsAreDue = false
        FrameWriter.settingsHeader(count: 1, to: &output)
        SettingsEntry(
            identifier: SettingsEntry.maxConcurrentStreams, value: UInt32(truncatingIfNeeded: allowedStreams)
        ).write(to: &output)
        unacknowledged += 1
    }

    /// The first SETTINGS frame.
    @_lifetime(output: copy output)
    mutating func writeSettings(to output: inout ByteWriter) {
        let isServer = role == .server
        let tunnels = isServer && limits.allowsConnectProtocol
        FrameWriter.settingsHeader(count: 6 + (tunnels ? 1 : 0), to: &output)
        write(SettingsEntry.headerTableSize, limits.decoderTable, to: &output)
        if isServer {
            write(SettingsEntry.maxConcurrentStreams, limits.concurrentStreams, to: &output)
        } else {
            write(SettingsEntry.enablePush, 0, to: &output)
        }
        write(SettingsEntry.initialWindowSize, limits.streamWindow, to: &output)
        write(SettingsEntry.maxFrameSize, limits.frameSize, to: &output)
        write(SettingsEntry.maxHeaderListSize, limits.fieldSection, to: &output)
        write(SettingsEntry.noRFC7540Priorities, 1, to: &output)
        if tunnels { write(SettingsEntry.enableConnectProtocol, 1, to: &output) }
        unacknowledged += 1
    }

    @_lifetime(output: copy output)
    private func write(_ identifier: UInt16, _ value: Int, to output: inout ByteWriter) {
        SettingsEntry(identifier: identifier, value: UInt32(truncatingIfNeeded: value)).write(to: &output)
    }
}
