/// Why a key, a certificate or a signature was refused.
public enum CryptoError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text holds no PEM block of the wanted kind.
    case notPEM
    /// The private key is encrypted with a passphrase.
    case encrypted
    /// Something other than RSA, P-256, P-384 or Ed25519; its name in libcrypto.
    case unsupportedKey(String)
    /// An RSA key of so few bits; ``PrivateKey/minimumRSABits`` are the least.
    case weakKey(bits: Int)
    /// The encoding is broken; libcrypto's reason.
    case malformed(String)
    /// The scheme does not go with the key.
    case schemeMismatch
    /// libcrypto failed; its reason.
    case library(String)
    /// The file cannot be read; the error number.
    case unreadable(Int32)
    /// The file is longer than the limit, bytes.
    case tooLong(limit: Int)

    public var description: String {
        switch self {
        case .notPEM: "there is no PEM block of the expected kind in it"
        case .encrypted: "the private key is encrypted with a passphrase"
        case .unsupportedKey(let name): "the key is of type \(name); RSA, P-256, P-384 and Ed25519 are supported"
        case .weakKey(let bits): "the RSA key has \(bits) bits; at least \(PrivateKey.minimumRSABits) are required"
        case .malformed(let reason): "it is not well formed (\(reason))"
        case .schemeMismatch: "the signature scheme does not go with the key"
        case .library(let reason): "libcrypto failed (\(reason))"
        case .unreadable(let code): "it cannot be read (error \(code))"
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        }
    }
}
