internal import Bytes
internal import HPACK
internal import HTTPModel

/// Frames that are neither data nor field blocks.
extension HTTP2Connection {
    /// Takes the frame whose whole payload is `payload`; `next` is the offset behind it.
    @_lifetime(output: copy output)
    mutating func takeControl(
        _ payload: Span<UInt8>, _ header: FrameHeader, _ next: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let frame: Frame
        do throws(FrameFault) {
            frame = try Frame.parse(payload, header: header)
        } catch {
            if !error.isOfStream { throw failure(error.code) }
            return try takeStreamFault(error.code, header, next, &output)
        }
        switch frame {
        case .settings(let count): return try takeSettings(payload, count, next, &output)
        case .settingsAcknowledgement: try takeAcknowledgement()
        case .ping(let opaque, let isAcknowledgement):
            try spend(1)
            if !isAcknowledgement {
                FrameWriter.ping(opaque, isAcknowledgement: true, to: &output)
            } else if waitsForDrain && opaque == HTTP2Connection.drainMark {
                finishShutdown(to: &output)
            }
        case .resetStream(let code): return try takeReset(header.stream, code, next)
        case .windowUpdate(let increment): return try takeWindowUpdate(header.stream, Int(increment), next, &output)
        case .goAway(let last, let code, _, _): return try takeGoAway(last, code, next)
        case .priority: try spend(1)
        case .priorityUpdate(let stream, let start, let end):
            try takePriorityUpdate(stream, payload.extracting(start..<end))
        // No client may push, and we forbid servers to; CONTINUATION is taken with the HEADERS it belongs to.
        case .pushPromise, .continuation: throw failure(.protocolError)
        case .data, .headers, .unknown: break
        }
        return nil
    }

    /// A frame that is wrong for its stream alone.
    @_lifetime(output: copy output)
    private mutating func takeStreamFault(
        _ code: ErrorCode, _ header: FrameHeader, _ next: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        // PRIORITY may stand on idle streams, where there is nothing to reset.
        if isIdle(header.stream) {
            if header.type != .priority { throw failure(.protocolError) }
            try spend(limits.resetCost)
            return nil
        }
        return try resetStream(header.stream, code, reason(code, ofStream: true), next, &output)
    }

    // SETTINGS (RFC 9113 section 6.5)

    @_lifetime(output: copy output)
    private mutating func takeSettings(
        _ payload: Span<UInt8>, _ count: Int, _ next: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        try spend(1)
        if count > limits.settingsEntries { throw failure(.enhanceYourCalm) }
        let before = remoteSettings
        for index in 0..<count {
            let entry = SettingsEntry(payload, at: index * SettingsEntry.size)
            let window = remoteSettings.initialWindowSize
            do throws(FrameFault) {
                try remoteSettings.apply(entry, fromServer: role == .client, isFirstFrame: phase == .settings)
            } catch {
                throw failure(error.code)
            }
            try shiftWindows(by: remoteSettings.initialWindowSize - window)
            if entry.identifier == SettingsEntry.headerTableSize {
                encoder.limitTable(to: remoteSettings.headerTableSize)
            }
        }
        phase = .open
        FrameWriter.settingsAcknowledgement(to: &output)
        return remoteSettings == before ? nil : .writable(next: next)
    }

    /// A new initial window changes those of all streams, perhaps to below 0 (RFC 9113 section 6.9.2).
    private mutating func shiftWindows(by difference: Int) throws(ConnectionFailure) {
        if difference == 0 { return }
        for index in 0..<streams.end where streams.isTaken(index) {
            streams[index].sendWindow += difference
            if streams[index].sendWindow > Settings.largestWindow { throw failure(.flowControlError) }
        }
    }

    private mutating func takeAcknowledgement() throws(ConnectionFailure) {
        try spend(1)
        if unacknowledged == 0 { return }
        unacknowledged -= 1
        // The first SETTINGS frame is the only one that says something of the table.
        if !tableIsAgreed {
            tableIsAgreed = true
            decoder.limitTable(to: limits.decoderTable)
        }
    }

    // RST_STREAM, WINDOW_UPDATE, GOAWAY

    private mutating func takeReset(
        _ identifier: UInt32, _ code: ErrorCode, _ next: Int
    ) throws(ConnectionFailure) -> HTTP2Event? {
        if isIdle(identifier) { throw failure(.protocolError) }
        guard let index = activeIndex(identifier), !streams[index].isClosed else {
            try spend(1)
            return nil
        }
        // Who has all of the response may well stop its request.
        let isLate = streams[index].flags.contains(.localDone) && role == .server
        streams[index].flags.insert(.resetByPeer)
        try spend(isLate ? 1 : limits.resetCost)
        let reason: Reason =
            role == .server ? .clientReset : code == .refusedStream ? .upstreamRefused : .upstreamReset
        return .reset(
            reference(index), code, reason, isRetryable: role == .client && code == .refusedStream, next: next)
    }

    @_lifetime(output: copy output)
    private mutating func takeWindowUpdate(
        _ identifier: UInt32, _ increment: Int, _ next: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        try spend(1)
        if identifier == 0 {
            sendWindow += increment
            if sendWindow > Settings.largestWindow { throw failure(.flowControlError) }
            return .writable(next: next)
        }
        if isIdle(identifier) { throw failure(.protocolError) }
        guard let index = activeIndex(identifier), !streams[index].isClosed else { return nil }
        if streams[index].sendWindow + increment > Settings.largestWindow {
            return try resetStream(
                identifier, .flowControlError, reason(.flowControlError, ofStream: true), next, &output)
        }
        streams[index].sendWindow += increment
        return .writable(next: next)
    }

    private mutating func takeGoAway(
        _ last: UInt32, _ code: ErrorCode, _ next: Int
    ) throws(ConnectionFailure) -> HTTP2Event? {
        try spend(1)
        // A later one can only be lower (RFC 9113 section 6.8).
        lastAccepted = min(last, lastAccepted ?? last)
        hasUnaccepted = role == .client
        return .goAway(code, next: next)
    }

    // RFC 9218 section 7.1

    private mutating func takePriorityUpdate(
        _ identifier: UInt32, _ field: Span<UInt8>
    ) throws(ConnectionFailure) {
        if role == .client { throw failure(.protocolError) }
        try spend(1)
        if let index = activeIndex(identifier) { streams[index].priority = Priority(field) }
    }
}
