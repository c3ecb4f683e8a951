/// The error codes of RST_STREAM and GOAWAY (RFC 9113 section 7). Others may come, and mean nothing special.
public struct ErrorCode: RawRepresentable, BitwiseCopyable, Equatable, Sendable {
    public var rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static var noError: ErrorCode { ErrorCode(rawValue: 0x0) }
    public static var protocolError: ErrorCode { ErrorCode(rawValue: 0x1) }
    public static var internalError: ErrorCode { ErrorCode(rawValue: 0x2) }
    public static var flowControlError: ErrorCode { ErrorCode(rawValue: 0x3) }
    public static var settingsTimeout: ErrorCode { ErrorCode(rawValue: 0x4) }
    public static var streamClosed: ErrorCode { ErrorCode(rawValue: 0x5) }
    public static var frameSizeError: ErrorCode { ErrorCode(rawValue: 0x6) }
    public static var refusedStream: ErrorCode { ErrorCode(rawValue: 0x7) }
    public static var cancel: ErrorCode { ErrorCode(rawValue: 0x8) }
    public static var compressionError: ErrorCode { ErrorCode(rawValue: 0x9) }
    public static var connectError: ErrorCode { ErrorCode(rawValue: 0xa) }
    public static var enhanceYourCalm: ErrorCode { ErrorCode(rawValue: 0xb) }
    public static var inadequateSecurity: ErrorCode { ErrorCode(rawValue: 0xc) }
    public static var http11Required: ErrorCode { ErrorCode(rawValue: 0xd) }
}
