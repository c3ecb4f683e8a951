internal import COpenSSL

/// The hash functions in use (FIPS 180-4).
public enum DigestAlgorithm: UInt8, CaseIterable, Sendable {
    case sha256
    case sha384
    case sha512

    /// Bytes in a digest.
    public var size: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// libcrypto's name.
    var name: StaticString {
        switch self {
        case .sha256: "SHA256"
        case .sha384: "SHA384"
        case .sha512: "SHA512"
        }
    }

    /// The method, fetched once: a fetch for each use would cost more than a short hash.
    var method: OpaquePointer? {
        switch self {
        case .sha256: unsafe Methods.sha256
        case .sha384: unsafe Methods.sha384
        case .sha512: unsafe Methods.sha512
        }
    }

    /// Immutable after the first use, and libcrypto's methods may be shared by threads.
    private enum Methods {
        nonisolated(unsafe) static let sha256 = unsafe EVP_MD_fetch(nil, "SHA256", nil)
        nonisolated(unsafe) static let sha384 = unsafe EVP_MD_fetch(nil, "SHA384", nil)
        nonisolated(unsafe) static let sha512 = unsafe EVP_MD_fetch(nil, "SHA512", nil)
    }
}
