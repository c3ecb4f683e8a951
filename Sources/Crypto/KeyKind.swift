internal import COpenSSL

/// The kinds of keys that are served.
public enum KeyKind: Equatable, Sendable, CustomStringConvertible {
    case rsa(bits: Int)
    case p256
    case p384
    case ed25519

    public var description: String {
        switch self {
        case .rsa(let bits): "RSA-\(bits)"
        case .p256: "P-256"
        case .p384: "P-384"
        case .ed25519: "Ed25519"
        }
    }

    /// Of a libcrypto key.
    /// - Throws: `unsupportedKey`, `weakKey`.
    init(of key: OpaquePointer) throws(CryptoError) {
        if unsafe EVP_PKEY_is_a(key, "RSA") == 1 {
            let bits = Int(unsafe EVP_PKEY_get_bits(key))
            if bits < PrivateKey.minimumRSABits { throw .weakKey(bits: bits) }
            self = .rsa(bits: bits)
        } else if unsafe EVP_PKEY_is_a(key, "ED25519") == 1 {
            self = .ed25519
        } else if unsafe EVP_PKEY_is_a(key, "EC") == 1 {
            let group = unsafe KeyKind.group(of: key)
            switch group {
            case "prime256v1": self = .p256
            case "secp384r1": self = .p384
            default: throw .unsupportedKey("EC \(group)")
            }
        } else {
            let name = unsafe EVP_PKEY_get0_type_name(key)
            throw unsafe .unsupportedKey(name.map { unsafe String(cString: $0) } ?? "unknown")
        }
    }

    private static func group(of key: OpaquePointer) -> String {
        var name = [CChar](repeating: 0, count: 64)
        var count = 0
        let result = unsafe name.withUnsafeMutableBufferPointer {
            unsafe EVP_PKEY_get_group_name(key, $0.baseAddress, $0.count, &count)
        }
        if result != 1 { return "with explicit parameters" }
        return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
