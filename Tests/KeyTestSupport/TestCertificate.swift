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

    /// Runs `openssl`.
    public func openssl(_ arguments: [String], output: String? = nil) throws {
        try run([Scratch.openssl] + arguments, output: output)
    }
}
