/// The kinds of keys that tests make, as arguments of `openssl genpkey`.
public enum TestKey: String, CaseIterable, Sendable {
    case rsa1024, rsa2048, p256, p384, p521, ed25519, ed448

    /// Those that are served.
    public static let served: [TestKey] = [.rsa2048, .p256, .p384, .ed25519]

    var arguments: [String] {
        switch self {
        case .rsa1024: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]
        case .rsa2048: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
        case .p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        case .p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
        case .p521: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]
        case .ed25519: ["-algorithm", "ED25519"]
        case .ed448: ["-algorithm", "ED448"]
        }
    }
}

extension Scratch {
    static let openssl = "/usr/bin/openssl"

    /// Makes `NAME.key` and a self-signed `NAME.pem` for `names`.
    public func makeCertificate(
        _ name: String, _ key: TestKey, names: [String] = ["a.example.test"], days: Int = 90
    ) throws {
        try run([Scratch.openssl, "genpkey"] + key.arguments + ["-out", file("\(name).key")])
        let alternatives = names.map { "DNS:\($0)" }.joined(separator: ",")
        let extensions = names.isEmpty ? [] : ["-addext", "subjectAltName=\(alternatives)"]
        try run(
            [
                Scratch.openssl, "req", "-x509", "-new", "-key", file("\(name).key"), "-subj", "/CN=\(name)", "-days",
                "\(days)", "-out", file("\(name).pem"),
            ] + extensions)
    }

    /// Makes `NAME.key` and a self-signed `NAME.pem` that is valid between two times (`YYYYMMDDHHMMSSZ`).
    public func makeCertificate(_ name: String, from: String, to: String) throws {
        try makeCertificate(name, .p256)
        try write("index.txt", "")
        try write(
            "ca.cnf",
            """
            [ca]
            default_ca = test
            [test]
            database = \(path)/index.txt
            new_certs_dir = \(path)
            rand_serial = yes
            default_md = sha256
            policy = any
            [any]
            commonName = supplied
            """)
        try run([
            Scratch.openssl, "req", "-new", "-key", file("\(name).key"), "-subj", "/CN=\(name)", "-out",
            file("\(name).csr"),
        ])
        try run([
            Scratch.openssl, "ca", "-batch", "-config", file("ca.cnf"), "-selfsign", "-keyfile", file("\(name).key"),
            "-in", file("\(name).csr"), "-startdate", from, "-enddate", to, "-notext", "-out", file("\(name).pem"),
        ])
    }

    /// Makes `NAME.key` and `NAME.pem`: a certificate and its issuer, which `NAME-root.pem` has issued in turn.
    public func makeChain(_ name: String) throws {
        try makeCertificate("\(name)-root", .p256, names: [])
        try write("ca.ext", "basicConstraints = critical,CA:TRUE\n")
        try write("leaf.ext", "subjectAltName = DNS:a.example.test\n")
        try issue("\(name)-issuer", by: "\(name)-root", extensions: "ca.ext")
        try issue(name, by: "\(name)-issuer", extensions: "leaf.ext")
        try write("\(name).pem", try read("\(name).pem") + (try read("\(name)-issuer.pem")))
    }

    private func issue(_ name: String, by issuer: String, extensions: String) throws {
        try openssl(["genpkey"] + TestKey.p256.arguments + ["-out", file("\(name).key")])
        try openssl(["req", "-new", "-key", file("\(name).key"), "-subj", "/CN=\(name)", "-out", file("\(name).csr")])
        try openssl([
            "x509", "-req", "-in", file("\(name).csr"), "-CA", file("\(issuer).pem"), "-CAkey", file("\(issuer).key"),
            "-set_serial", "1", "-days", "30", "-extfile", file(extensions), "-out", file("\(name).pem"),
        ])
    }

    /// Runs `openssl`.
    public func openssl(_ arguments: [String], output: String? = nil) throws {
        try run([Scratch.openssl] + arguments, output: output)
    }
}
