import Crypto
import KeyTestSupport
import Sys
import Testing

@Suite("Private keys and certificates")
struct KeyTests {
    let scratch = Scratch()

    @Test("a key signs with each scheme of its kind, and OpenSSL verifies it", arguments: TestKey.served)
    func signs(_ kind: TestKey) throws {
        try scratch.makeCertificate("a", kind)
        try scratch.openssl(["pkey", "-in", scratch.file("a.key"), "-pubout", "-out", scratch.file("a.pub")])
        try scratch.write("message", "what is signed")
        var key = try privateKey("a.key")
        for scheme in SignatureScheme.allCases where scheme.goes(with: key.kind) {
            // The second time uses the context that the first one set up.
            for _ in 0..<2 {
                try scratch.write("signature", try sign("what is signed", scheme, &key))
                try verify(scheme)
            }
        }
    }

    @Test("a key refuses the schemes of other kinds", arguments: TestKey.served)
    func mismatch(_ kind: TestKey) throws {
        try scratch.makeCertificate("a", kind)
        var key = try privateKey("a.key")
        for scheme in SignatureScheme.allCases where !scheme.goes(with: key.kind) {
            do throws(CryptoError) {
                _ = try sign("x", scheme, &key)
                Issue.record("\(scheme) was signed")
            } catch {
                #expect(error == .schemeMismatch)
            }
        }
    }

    @Test("an encrypted key, a weak one, other kinds and no key at all are told apart")
    func refusals() throws {
        try scratch.makeCertificate("a", .p256)
        try scratch.openssl([
            "pkey", "-in", scratch.file("a.key"), "-aes256", "-passout", "pass:x", "-out", scratch.file("e.key"),
        ])
        #expect(failure("e.key") == .encrypted)
        try scratch.openssl(["genrsa", "-out", scratch.file("w.key"), "1024"])
        #expect(failure("w.key") == .weakKey(bits: 1024))
        for (name, key) in [("k", TestKey.p521), ("d", .ed448)] {
            try scratch.openssl(["genpkey"] + arguments(key) + ["-out", scratch.file("\(name).key")])
            guard case .unsupportedKey = failure("\(name).key") else {
                Issue.record("\(key) was not refused as unsupported: \(String(describing: failure("\(name).key")))")
                continue
            }
        }
        try scratch.write("n.key", "no key at all\n")
        #expect(failure("n.key") == .notPEM)
        #expect(failure("a.pem") == .notPEM)
        try scratch.write("b.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
        #expect(failure("b.key") != nil)
    }

    @Test("the traditional forms of RSA and EC keys are read, parameters before the key too")
    func traditional() throws {
        try scratch.openssl(["genrsa", "-traditional", "-out", scratch.file("r.key"), "2048"])
        let rsa = try privateKey("r.key")
        #expect(rsa.kind == .rsa(bits: 2048))
        try scratch.openssl(["ecparam", "-name", "prime256v1", "-genkey", "-out", scratch.file("e.key")])
        let ec = try privateKey("e.key")
        #expect(ec.kind == .p256)
    }

    @Test("a certificate tells its names, dates and key, and matches its own key alone")
    func certificate() throws {
        try scratch.makeCertificate("a", .p256, names: ["A.example.test", "*.b.example.test"])
        try scratch.makeCertificate("b", .p256)
        let certificate = try certificate("a.pem")
        #expect(certificate.dnsNames == ["a.example.test", "*.b.example.test"])
        #expect(certificate.keyKind == .p256)
        #expect(certificate.notAfter - certificate.notBefore == 90 * 86_400)
        #expect(abs(Int64(Clock.wall() / 1_000_000) - certificate.notBefore) < 3600)
        let own = try privateKey("a.key")
        let other = try privateKey("b.key")
        let matches = (own: certificate.matches(own), other: certificate.matches(other))
        #expect(matches.own && !matches.other)
    }

    @Test("a file is read into erased memory up to its limit")
    func secretFile() throws {
        try scratch.write("s", "0123456789")
        let file = try File.open(scratch.file("s"))
        let secret = try SecretBytes(contentsOf: file.raw, limit: 10)
        let last = secret.span[9]
        #expect(secret.count == 10)
        #expect(last == 0x39)
        #expect(throws: CryptoError.tooLong(limit: 9)) { _ = try SecretBytes(contentsOf: file.raw, limit: 9) }
    }

    private func failure(_ name: String) -> CryptoError? {
        do throws(CryptoError) {
            _ = try parse((try? scratch.read(name)) ?? [])
            return nil
        } catch {
            return error
        }
    }

    private func parse(_ text: [UInt8]) throws(CryptoError) -> PrivateKey { try PrivateKey(pem: text.span) }

    private func privateKey(_ name: String) throws -> PrivateKey { try parse(try scratch.read(name)) }

    private func certificate(_ name: String) throws -> Certificate {
        let text = try scratch.read(name)
        return try Certificate(pem: text.span)
    }

    private func sign(
        _ text: String, _ scheme: SignatureScheme, _ key: inout PrivateKey
    ) throws(CryptoError) -> [UInt8] {
        let message = Array(text.utf8)
        var signature = [UInt8](repeating: 0, count: 512)
        var span = signature.mutableSpan
        let count = try key.sign(scheme, message.span, into: &span)
        return Array(signature.prefix(count))
    }

    private func arguments(_ key: TestKey) -> [String] {
        key == .p521 ? ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"] : ["-algorithm", "ED448"]
    }

    private func verify(_ scheme: SignatureScheme) throws {
        let files = ["-sigfile", scratch.file("signature"), "-in", scratch.file("message"), "-rawin"]
        var options: [String] = []
        if let digest = scheme.digest { options += ["-digest", "\(digest)"] }
        if scheme.family == .rsaPSS {
            options += ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:digest"]
        }
        try scratch.openssl(["pkeyutl", "-verify", "-pubin", "-inkey", scratch.file("a.pub")] + files + options)
    }
}
