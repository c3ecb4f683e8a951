internal import Crypto

/// A private key in use.
final class HeldKey {
    /// The certificate's file, for diagnostics.
    let name: String
    let versions: AllowedVersions
    var key: PrivateKey

    init(name: String, versions: AllowedVersions, key: consuming PrivateKey) {
        self.name = name
        self.versions = versions
        self.key = key
    }
}
