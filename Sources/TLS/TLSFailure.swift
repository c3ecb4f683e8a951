internal import COpenSSL
internal import CTLS

/// Why a handshake or a connection failed.
public enum TLSFailure: Sendable, CaseIterable {
    /// See ``TLSConnections/failureText(_:)``.
    case other
    /// The socket failed.
    case transport
    /// The client sent a fatal alert.
    case peerAlert
    /// No version in common.
    case version
    /// No cipher suite, group or signature scheme in common.
    case nothingShared
    /// No certificate for the name, and the profile refuses unknown names.
    case unknownName
    /// The server name is not one (RFC 6066 section 3).
    case badName
    /// No application protocol in common (RFC 7301 section 3.2).
    case applicationProtocol
    /// The key-holder refused, is gone, or too many signatures were open.
    case signature
    /// The client speaks HTTP without TLS.
    case plainHTTP
    /// The client asked for a renegotiation.
    case renegotiation

    /// The reason code in the log.
    public var name: StaticString {
        switch self {
        case .other: "tls.protocol"
        case .transport: "tls.transport"
        case .peerAlert: "tls.alert"
        case .version: "tls.version"
        case .nothingShared: "tls.nothing_shared"
        case .unknownName: "tls.unknown_name"
        case .badName: "tls.bad_name"
        case .applicationProtocol: "tls.application_protocol"
        case .signature: "tls.signature"
        case .plainHTTP: "tls.plain_http"
        case .renegotiation: "tls.renegotiation"
        }
    }
}

extension TLSFailure {
    /// From a refusal of our own callbacks, else from OpenSSL's error code.
    init(refusal: Int32, code: UInt) {
        self =
            switch Int(refusal) {
            case MASUGATA_TLS_REFUSED_UNKNOWN_NAME: .unknownName
            case MASUGATA_TLS_REFUSED_BAD_NAME: .badName
            case MASUGATA_TLS_REFUSED_APPLICATION_PROTOCOL: .applicationProtocol
            case MASUGATA_TLS_REFUSED_SIGNATURE: .signature
            default: code == 0 ? .transport : TLSFailure(code: code)
            }
    }

    /// From OpenSSL's error code, which is a library's number above a reason of 23 bits.
    private init(code: UInt) {
        let reason = Int32(truncatingIfNeeded: code & 0x7f_ffff)
        if (code >> 23) & 0xff != UInt(ERR_LIB_SSL) {
            self = .other
            return
        }
        switch reason {
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_WRONG_SSL_VERSION, SSL_R_WRONG_VERSION_NUMBER,
            SSL_R_NO_PROTOCOLS_AVAILABLE:
            self = .version
        case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SHARED_GROUPS, SSL_R_NO_SUITABLE_KEY_SHARE,
            SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
            self = .nothingShared
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST: self = .plainHTTP
        case SSL_R_NO_RENEGOTIATION: self = .renegotiation
        default: self = reason >= SSL_AD_REASON_OFFSET ? .peerAlert : .other
        }
    }

    /// OpenSSL's words for an error code.
    static func text(of code: UInt) -> String {
        guard code != 0, let reason = unsafe ERR_reason_error_string(code) else { return "no further reason" }
        return unsafe String(cString: reason)
    }
}
