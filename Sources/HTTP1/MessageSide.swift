internal import HTTPModel

/// Whose message is read: it decides which reason a fault gets.
public enum MessageSide: UInt8, BitwiseCopyable, Sendable {
    /// The client's.
    case request
    /// The upstream's.
    case response
}

extension FieldLine.Fault {
    /// The reason for refusing a request whose field line has this fault.
    var reasonInRequest: Reason {
        switch self {
        case .name: .requestFieldName
        case .spaceBeforeColon: .requestFieldColon
        case .folded: .requestFieldFolded
        case .value: .requestFieldValue
        case .bareCR: .requestFieldBareCR
        case .bareLF: .requestFieldBareLF
        case .nameTooLong: .requestFieldNameSize
        case .valueTooLong: .requestFieldSize
        case .truncated: .requestHeadTruncated
        }
    }

    /// The reason for refusing a response whose field line has this fault.
    var reasonInResponse: Reason {
        switch self {
        case .name, .spaceBeforeColon, .folded, .value, .bareCR, .bareLF: .upstreamResponseField
        case .nameTooLong, .valueTooLong: .upstreamResponseSize
        case .truncated: .upstreamResponseHead
        }
    }
}
