public import Bytes

/// One parameter of a SETTINGS frame (RFC 9113 section 6.5.1).
public struct SettingsEntry: BitwiseCopyable, Equatable, Sendable {
    public var identifier: UInt16
    public var value: UInt32

    /// Bytes of an entry.
    public static var size: Int { 6 }

    // RFC 9113 section 6.5.2, RFC 8441 section 3, RFC 9218 section 2.1.
    static var headerTableSize: UInt16 { 0x1 }
    static var enablePush: UInt16 { 0x2 }
    static var maxConcurrentStreams: UInt16 { 0x3 }
    static var initialWindowSize: UInt16 { 0x4 }
    static var maxFrameSize: UInt16 { 0x5 }
    static var maxHeaderListSize: UInt16 { 0x6 }
    static var enableConnectProtocol: UInt16 { 0x8 }
    static var noRFC7540Priorities: UInt16 { 0x9 }

    public init(identifier: UInt16, value: UInt32) {
        self.identifier = identifier
        self.value = value
    }

    /// The entry at `start` of a SETTINGS payload.
    public init(_ payload: Span<UInt8>, at start: Int) {
        identifier = NetworkInteger.read16(payload, at: start)
        value = NetworkInteger.read(payload, at: start + 2)
    }

    @_lifetime(writer: copy writer)
    public func write(to writer: inout ByteWriter) {
        NetworkInteger.write(identifier, to: &writer)
        NetworkInteger.write(value, to: &writer)
    }
}

/// What one end has told of itself (RFC 9113 section 6.5.2).
public struct Settings: BitwiseCopyable, Equatable, Sendable {
    public var headerTableSize: Int = 4_096
    public var maxConcurrentStreams: Int = .max
    public var initialWindowSize: Int = 65_535
    public var maxFrameSize: Int = 16_384
    public var maxHeaderListSize: Int = .max
    public var enablesPush: Bool = true
    public var enablesConnectProtocol: Bool = false
    public var ignoresOldPriorities: Bool = false

    /// The largest window (RFC 9113 section 6.9.1).
    public static var largestWindow: Int { 1 << 31 - 1 }

    /// What holds before any SETTINGS frame.
    public init() {}

    /// Takes `entry` over, which the end that is the server, or is not, has sent.
    mutating func apply(_ entry: SettingsEntry, fromServer: Bool, isFirstFrame: Bool) throws(FrameFault) {
        let value = Int(entry.value)
        switch entry.identifier {
        case SettingsEntry.headerTableSize: headerTableSize = value
        case SettingsEntry.enablePush:
            let isOn = try Settings.flag(value)
            if isOn && fromServer { throw FrameFault(.protocolError) }
            enablesPush = isOn
        case SettingsEntry.maxConcurrentStreams: maxConcurrentStreams = value
        case SettingsEntry.initialWindowSize:
            if value > Settings.largestWindow { throw FrameFault(.flowControlError) }
            initialWindowSize = value
        case SettingsEntry.maxFrameSize:
            if value < 16_384 || value >= 1 << 24 { throw FrameFault(.protocolError) }
            maxFrameSize = value
        case SettingsEntry.maxHeaderListSize: maxHeaderListSize = value
        case SettingsEntry.enableConnectProtocol:
            let isOn = try Settings.flag(value)
            if enablesConnectProtocol && !isOn { throw FrameFault(.protocolError) }
            enablesConnectProtocol = isOn
        case SettingsEntry.noRFC7540Priorities:
            let isOn = try Settings.flag(value)
            if !isFirstFrame && isOn != ignoresOldPriorities { throw FrameFault(.protocolError) }
            ignoresOldPriorities = isOn
        default: break
        }
    }

    private static func flag(_ value: Int) throws(FrameFault) -> Bool {
        if value > 1 { throw FrameFault(.protocolError) }
        return value == 1
    }
}
