internal import Crypto
internal import Wire

/// The versions a key may be used with, as the control channel names them.
struct AllowedVersions: OptionSet {
    let rawValue: UInt8
    static let tls12 = AllowedVersions(rawValue: 1)
    static let tls13 = AllowedVersions(rawValue: 2)
}

/// Which signature schemes go with which key in which version of TLS.
enum SchemePolicy {
    /// The scheme numbered `number`, if a handshake of this kind may use it with such a key.
    static func scheme(_ number: UInt16, _ kind: SigningKind, _ key: KeyKind) -> SignatureScheme? {
        // SHA-1 has no case there, and so cannot be asked for.
        guard let scheme = SignatureScheme(rawValue: number), scheme.goes(with: key) else { return nil }
        // TLS 1.2 does not bind the curve to the hash, and knows PKCS #1 still (RFC 8446 section 4.2.3).
        if kind == .serverKeyExchange { return scheme }
        switch (scheme, key) {
        case (.rsaPSSSHA256, _), (.rsaPSSSHA384, _), (.rsaPSSSHA512, _), (.ed25519, _): return scheme
        case (.ecdsaSecp256r1SHA256, .p256), (.ecdsaSecp384r1SHA384, .p384): return scheme
        default: return nil
        }
    }

    /// Whether a key for `versions` signs such handshakes at all.
    static func allows(_ kind: SigningKind, _ versions: AllowedVersions) -> Bool {
        switch kind {
        case .certificateVerify: versions.contains(.tls13)
        case .serverKeyExchange: versions.contains(.tls12)
        }
    }
}
