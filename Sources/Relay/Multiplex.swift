internal import HTTP2
internal import HTTPModel
internal import Plan

/// What a client's connection is besides where it speaks HTTP/2.
struct Multiplex: ~Copyable {
    var connection: HTTP2Connection

    /// The slot of the stream whose turn it is to send, or -1.
    var picked: Int32 = -1
    /// Its socket has failed: it is ended when nothing is done with it.
    var isBroken = false
    /// It is to be ended when the requests that it has are done.
    var wantsShutdown = false

    /// Since when no request is in progress; 0: one is.
    var idleSince: UInt64 = 0
    /// Since when a part of a frame or field block is there; 0: none is.
    var partialSince: UInt64 = 0
    /// Since when the client has not acknowledged our settings; 0: it has.
    var settingsSince: UInt64
    /// Since when it has been told that the connection ends; 0: it has not.
    var shutdownSince: UInt64 = 0
    /// Until when the budget has grown with time.
    var recoveredAt: UInt64

    init(_ connection: consuming HTTP2Connection, now: UInt64) {
        self.connection = connection
        settingsSince = now
        recoveredAt = now
    }
}

extension HTTP2Limits {
    /// The limits that a policy sets.
    /// - Parameter bufferSize: the size of input and output buffers.
    init(_ limits: Limits, bufferSize: Int) {
        self.init()
        concurrentStreams = Int(limits[.streams])
        connectionWindow = max(Int(limits[.connectionWindow]), streamWindow)
        fieldSection = HTTP2Limits.section(head: Int(limits[.headSize]), fields: Int(limits[.fields]))
        fieldBlock = min(fieldSection, bufferSize)
        encodedBlock = bufferSize
        trailerFields = Int(limits[.fields])
        decoderTable = Int(limits[.headerTable])
        continuations = Int(limits[.continuations])
        cheapFrames = Int(limits[.cheapFrames])
    }

    /// The size of a section that as a head of HTTP/1.1 has `head` bytes: each field counts for 32 more
    /// (RFC 9113 section 6.5.2).
    static func section(head: Int, fields: Int) -> Int { head + 32 * fields }

    /// The largest that any policy may set, for what is reserved once.
    static func largest(bufferSize: Int) -> HTTP2Limits {
        var limits = HTTP2Limits()
        limits.fieldSection = section(
            head: Int(LimitName.headSize.setting.range.upperBound),
            fields: Int(LimitName.fields.setting.range.upperBound))
        limits.fieldBlock = bufferSize
        limits.encodedBlock = bufferSize
        limits.trailerFields = Int(LimitName.fields.setting.range.upperBound)
        limits.decoderTable = Int(LimitName.headerTable.setting.range.upperBound)
        return limits
    }

    /// What clients get near one that abused HTTP/2. Few streams instead of none: an address may stand for many people, and those
    /// who did nothing wrong get on; and more connections of HTTP/1, with a handshake each, would cost more than they save.
    var penalised: HTTP2Limits {
        var limits = self
        limits.concurrentStreams = min(limits.leastConcurrentStreams, limits.concurrentStreams)
        limits.cheapFrames = max(limits.cheapFrames / 10, 1)
        return limits
    }
}

extension HeadLimits {
    /// The largest that any policy may set, for what is reserved once.
    static var largest: HeadLimits {
        var limits = HeadLimits()
        limits.target = Int(LimitName.target.setting.range.upperBound)
        limits.fields = Int(LimitName.fields.setting.range.upperBound)
        return limits
    }
}
