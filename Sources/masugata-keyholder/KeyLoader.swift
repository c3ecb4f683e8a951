internal import Crypto
internal import Sys

/// Reads a private key and its certificate, and says in the operator's words what is wrong with them.
struct KeyLoader {
    let limits: SigningLimits
    /// Seconds since 1970-01-01T00:00:00Z.
    let now: Int64
    /// Whether a certificate that is not valid at this time is refused. It is served on where it is served already.
    let refusesDates: Bool

    /// Why a key cannot be served: the file, the cause, the remedy.
    struct Refusal: Error, Equatable {
        let text: String
    }

    /// A key that can be served, and what the operator should know about it.
    struct Loaded: ~Copyable {
        let key: PrivateKey
        let notice: String?
    }

    /// Reads both files. `name` tells which two they are.
    func load(chain: Int32, key: Int32, name: String) throws(Refusal) -> Loaded {
        let key = try readKey(key, name)
        let certificate = try readCertificate(chain, name)
        if !certificate.matches(key) {
            throw Refusal(
                text:
                    "\(name): the private key (\(key.kind)) is not the one of the certificate (\(certificate.keyKind)); "
                    + "give the key that the certificate was issued for, or the chain with the server's certificate first"
            )
        }
        return Loaded(key: key, notice: try checkDates(certificate, name))
    }

    private func readKey(_ file: Int32, _ name: String) throws(Refusal) -> PrivateKey {
        do throws(CryptoError) {
            let text = try SecretBytes(contentsOf: file, limit: limits.keyFile)
            let key = try PrivateKey(pem: text.span)
            if case .rsa(let bits) = key.kind, bits > limits.rsaBits {
                throw .unsupportedKey("RSA-\(bits), longer than RSA-\(limits.rsaBits)")
            }
            return key
        } catch {
            throw Refusal(
                text: "\(name): the private key is refused: \(error); \(KeyLoader.remedy(for: error))")
        }
    }

    private static func remedy(for error: CryptoError) -> String {
        switch error {
        case .encrypted: "store it unencrypted and readable by root alone (openssl pkey -in KEY -out NEWKEY)"
        case .weakKey, .unsupportedKey:
            "make a new key and have the certificate issued for it; P-256 is the best choice"
        case .notPEM, .malformed, .tooLong: "give the private key in PEM"
        case .unreadable, .library, .schemeMismatch: "check the file"
        }
    }

    private func readCertificate(_ file: Int32, _ name: String) throws(Refusal) -> Certificate {
        let text: [UInt8]
        do throws(Errno) {
            text = try File.contents(file, limit: limits.chainFile)
        } catch {
            throw Refusal(text: "\(name): it cannot be read: \(error); check the file")
        }
        do throws(CryptoError) {
            return try Certificate(pem: text.span)
        } catch {
            throw Refusal(text: "\(name): \(error); give a certificate chain in PEM, the server's certificate first")
        }
    }

    /// Answers a notice when the certificate expires soon, or is not valid and all the same served.
    private func checkDates(_ certificate: borrowing Certificate, _ name: String) throws(Refusal) -> String? {
        let day: Int64 = 86_400
        if certificate.notAfter < now {
            return try invalid(
                "\(name): the certificate expired \((now - certificate.notAfter) / day) days ago; renew it")
        }
        if certificate.notBefore > now {
            return try invalid("\(name): the certificate is not valid yet; wait until it is, or check the host's clock")
        }
        if certificate.notAfter - now >= limits.expiryNoticeDays * day { return nil }
        return "\(name): the certificate expires in \((certificate.notAfter - now) / day) days; renew it"
    }

    private func invalid(_ text: String) throws(Refusal) -> String {
        if refusesDates { throw Refusal(text: text) }
        return text
    }
}
