import Crypto
import Plan

/// Whether a certificate and its key can be served together, as the key-holder will ask.
struct PairCheck {
    let files: NamedFiles
    /// Seconds since 1970-01-01T00:00:00Z.
    let now: Int64

    /// The longest chain and key files, bytes.
    private static let chainLimit = 1_048_576
    private static let keyLimit = 65_536
    /// Days before the expiry of a certificate from which it is worth a warning.
    private static let expiryNoticeDays: Int64 = 14

    private static let day: Int64 = 86_400

    /// Everything that is wrong about the pair.
    func findings(_ pair: CertificateFiles) -> [FileFinding] {
        let chainPath = files.path(pair.certificate)
        let keyPath = files.path(pair.key)
        var findings: [FileFinding] = []
        var kind: KeyKind?
        var foundKey: PrivateKey?
        do throws(FileFinding) {
            let key = try readKey(keyPath)
            kind = key.kind
            foundKey = consume key
        } catch {
            findings.append(error)
        }
        do throws(FileFinding) {
            let certificate = try readCertificate(chainPath)
            findings += dates(certificate, chainPath)
            if let key = foundKey, let kind, !certificate.matches(key) {
                findings.append(
                    .error(
                        chainPath,
                        "the private key in \(keyPath) (\(kind)) is not the one of the certificate (\(certificate.keyKind)); give "
                            + "the key that the certificate was issued for, or the chain with the server's certificate first"
                    ))
            }
        } catch {
            findings.append(error)
        }
        return findings
    }

    private func readKey(_ path: String) throws(FileFinding) -> PrivateKey {
        let text = try files.keyText(path, limit: PairCheck.keyLimit)
        do throws(CryptoError) {
            return try PrivateKey(pem: text.span)
        } catch {
            throw .error(path, "the private key is refused: \(error); \(PairCheck.remedy(error))")
        }
    }

    private static func remedy(_ error: CryptoError) -> String {
        switch error {
        case .encrypted: "store it unencrypted and readable by root alone (openssl pkey -in KEY -out NEWKEY)"
        case .weakKey, .unsupportedKey:
            "make a new key and have the certificate issued for it; P-256 is the best choice"
        case .notPEM, .malformed, .tooLong: "give the private key in PEM"
        case .unreadable, .library, .schemeMismatch: "check the file"
        }
    }

    private func readCertificate(_ path: String) throws(FileFinding) -> Certificate {
        let text = try files.certificateText(path, limit: PairCheck.chainLimit)
        do throws(CryptoError) {
            return try Certificate(pem: text.span)
        } catch {
            throw .error(path, "\(error); give a certificate chain in PEM, the server's certificate first")
        }
    }

    private func dates(_ certificate: borrowing Certificate, _ path: String) -> [FileFinding] {
        let day = PairCheck.day
        if certificate.notAfter < now {
            return [.error(path, "the certificate expired \((now - certificate.notAfter) / day) days ago; renew it")]
        }
        if certificate.notBefore > now {
            return [.error(path, "the certificate is not valid yet; wait until it is, or check the host's clock")]
        }
        if certificate.notAfter - now < PairCheck.expiryNoticeDays * day {
            return [.warning(path, "the certificate expires in \((certificate.notAfter - now) / day) days; renew it")]
        }
        return []
    }
}
