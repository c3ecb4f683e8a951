/// The signature schemes of TLS (RFC 8446 section 4.2.3) that are in use; each with its number there.
public enum SignatureScheme: UInt16, CaseIterable, Sendable {
    case rsaPKCS1SHA256 = 0x0401
    case rsaPKCS1SHA384 = 0x0501
    case rsaPKCS1SHA512 = 0x0601
    case ecdsaSecp256r1SHA256 = 0x0403
    case ecdsaSecp384r1SHA384 = 0x0503
    case ecdsaSecp521r1SHA512 = 0x0603
    case rsaPSSSHA256 = 0x0804
    case rsaPSSSHA384 = 0x0805
    case rsaPSSSHA512 = 0x0806
    case ed25519 = 0x0807

    /// The hash of the message that is signed; nil where the scheme signs the message itself.
    public var digest: DigestAlgorithm? {
        switch self {
        case .rsaPKCS1SHA256, .ecdsaSecp256r1SHA256, .rsaPSSSHA256: .sha256
        case .rsaPKCS1SHA384, .ecdsaSecp384r1SHA384, .rsaPSSSHA384: .sha384
        case .rsaPKCS1SHA512, .ecdsaSecp521r1SHA512, .rsaPSSSHA512: .sha512
        case .ed25519: nil
        }
    }

    /// The algorithm alone.
    public enum Family: Sendable { case rsaPKCS1, rsaPSS, ecdsa, ed25519 }

    /// The algorithm alone, without hash and curve.
    public var family: Family {
        switch self {
        case .rsaPKCS1SHA256, .rsaPKCS1SHA384, .rsaPKCS1SHA512: .rsaPKCS1
        case .rsaPSSSHA256, .rsaPSSSHA384, .rsaPSSSHA512: .rsaPSS
        case .ecdsaSecp256r1SHA256, .ecdsaSecp384r1SHA384, .ecdsaSecp521r1SHA512: .ecdsa
        case .ed25519: .ed25519
        }
    }

    /// Whether a key of `kind` can make such signatures at all.
    public func goes(with kind: KeyKind) -> Bool {
        switch (family, kind) {
        case (.rsaPKCS1, .rsa), (.rsaPSS, .rsa), (.ecdsa, .p256), (.ecdsa, .p384), (.ed25519, .ed25519): true
        default: false
        }
    }

    /// The place in ``allCases``.
    var index: Int {
        switch self {
        case .rsaPKCS1SHA256: 0
        case .rsaPKCS1SHA384: 1
        case .rsaPKCS1SHA512: 2
        case .ecdsaSecp256r1SHA256: 3
        case .ecdsaSecp384r1SHA384: 4
        case .ecdsaSecp521r1SHA512: 5
        case .rsaPSSSHA256: 6
        case .rsaPSSSHA384: 7
        case .rsaPSSSHA512: 8
        case .ed25519: 9
        }
    }
}
