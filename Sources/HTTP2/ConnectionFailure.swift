internal import HTTPModel

/// Why a connection is over.
struct ConnectionFailure: Error, BitwiseCopyable {
    let code: ErrorCode
    let reason: Reason

    init(_ code: ErrorCode, _ reason: Reason) {
        self.code = code
        self.reason = reason
    }
}

extension HTTP2Connection {
    /// A connection error of the other end.
    func failure(_ code: ErrorCode) -> ConnectionFailure { ConnectionFailure(code, reason(code, ofStream: false)) }

    /// What the log says of an error of the other end.
    func reason(_ code: ErrorCode, ofStream: Bool) -> Reason {
        if role == .client { return .upstreamProtocol }
        return switch code {
        case .flowControlError: ofStream ? .streamFlowControl : .connectionFlowControl
        case .frameSizeError: .connectionFrameSize
        case .compressionError: .connectionCompression
        case .enhanceYourCalm: .connectionExcess
        case .streamClosed: .streamClosed
        case .refusedStream: .streamRefused
        default: ofStream ? .streamProtocol : .connectionProtocol
        }
    }
}
