/// The two PEM files of a certificate, as written in the policy: relative names count from the policy file's folder.
public struct CertificateFiles: Equatable, Sendable {
    /// The file of the certificate, followed by the intermediate ones.
    public var certificate: String

    /// The file of the private key.
    public var key: String

    /// The certificate in one file with its key in another.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
