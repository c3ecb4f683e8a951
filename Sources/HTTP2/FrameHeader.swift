public import Bytes

/// The nine bytes that every frame begins with (RFC 9113 section 4.1).
public struct FrameHeader: BitwiseCopyable, Equatable, Sendable {
    /// Bytes of payload, below 2^24.
    public var length: Int
    /// What the payload is.
    public var type: FrameType
    /// What its flags say; unknown ones mean nothing.
    public var flags: FrameFlags
    /// The stream, below 2^31; 0 for the connection.
    public var stream: UInt32

    /// Bytes of a frame header.
    public static var size: Int { 9 }

    /// A header with these parts.
    public init(length: Int, type: FrameType, flags: FrameFlags = [], stream: UInt32) {
        self.length = length
        self.type = type
        self.flags = flags
        self.stream = stream
    }

    /// Reads the header at `start`; nil when not all of it is there. The reserved bit is ignored.
    public init?(_ bytes: Span<UInt8>, at start: Int) {
        if bytes.count &- start < FrameHeader.size { return nil }
        length = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
        type = FrameType(rawValue: bytes[start + 3])
        flags = FrameFlags(rawValue: bytes[start + 4])
        stream = NetworkInteger.read(bytes, at: start + 5) & 0x7fff_ffff
    }

    /// Writes the header.
    @_lifetime(writer: copy writer)
    public func write(to writer: inout ByteWriter) {
        precondition(length >= 0 && length < 1 << 24)
        writer.append(UInt8(truncatingIfNeeded: length >> 16))
        writer.append(UInt8(truncatingIfNeeded: length >> 8))
        writer.append(UInt8(truncatingIfNeeded: length))
        writer.append(type.rawValue)
        writer.append(flags.rawValue)
        NetworkInteger.write(stream & 0x7fff_ffff, to: &writer)
    }
}

/// The types of frames (RFC 9113 section 6, RFC 9218 section 7.1). Others may come, and are passed over.
public struct FrameType: RawRepresentable, BitwiseCopyable, Equatable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static var data: FrameType { FrameType(rawValue: 0x0) }
    public static var headers: FrameType { FrameType(rawValue: 0x1) }
    public static var priority: FrameType { FrameType(rawValue: 0x2) }
    public static var resetStream: FrameType { FrameType(rawValue: 0x3) }
    public static var settings: FrameType { FrameType(rawValue: 0x4) }
    public static var pushPromise: FrameType { FrameType(rawValue: 0x5) }
    public static var ping: FrameType { FrameType(rawValue: 0x6) }
    public static var goAway: FrameType { FrameType(rawValue: 0x7) }
    public static var windowUpdate: FrameType { FrameType(rawValue: 0x8) }
    public static var continuation: FrameType { FrameType(rawValue: 0x9) }
    public static var priorityUpdate: FrameType { FrameType(rawValue: 0x10) }
}

/// The flags of frames; which of them mean something depends on the type.
public struct FrameFlags: OptionSet, BitwiseCopyable, Equatable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// SETTINGS and PING: this is the answer.
    public static var acknowledgement: FrameFlags { FrameFlags(rawValue: 0x1) }
    /// DATA and HEADERS: nothing follows on this side of the stream.
    public static var endStream: FrameFlags { FrameFlags(rawValue: 0x1) }
    /// HEADERS, PUSH_PROMISE and CONTINUATION: the field block is complete.
    public static var endHeaders: FrameFlags { FrameFlags(rawValue: 0x4) }
    /// DATA, HEADERS and PUSH_PROMISE: the payload is padded.
    public static var padded: FrameFlags { FrameFlags(rawValue: 0x8) }
    /// HEADERS: five bytes of the priorities of RFC 7540, which are passed over.
    public static var priority: FrameFlags { FrameFlags(rawValue: 0x20) }
}

/// Integers in network byte order.
enum NetworkInteger {
    static func read(_ bytes: Span<UInt8>, at start: Int) -> UInt32 {
        UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8
            | UInt32(bytes[start + 3])
    }

    static func read16(_ bytes: Span<UInt8>, at start: Int) -> UInt16 {
        UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])
    }

    static func read64(_ bytes: Span<UInt8>, at start: Int) -> UInt64 {
        UInt64(read(bytes, at: start)) << 32 | UInt64(read(bytes, at: start + 4))
    }

    @_lifetime(writer: copy writer)
    static func write(_ value: UInt32, to writer: inout ByteWriter) { writer.append(littleEndian: value.byteSwapped) }

    @_lifetime(writer: copy writer)
    static func write(_ value: UInt16, to writer: inout ByteWriter) { writer.append(littleEndian: value.byteSwapped) }

    @_lifetime(writer: copy writer)
    static func write(_ value: UInt64, to writer: inout ByteWriter) { writer.append(littleEndian: value.byteSwapped) }
}

extension FrameType {
    /// Whether frames of this type mean anything to us.
    var isKnown: Bool { rawValue <= FrameType.continuation.rawValue || self == .priorityUpdate }
}
