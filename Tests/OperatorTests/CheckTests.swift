import Testing

@testable import masugata

@Suite("masugata check: the files that a policy names")
struct CheckTests {
    /// Runs the check on a policy in a fresh folder that `prepare` may spoil.
    private func check(_ prepare: (ScratchFolder) throws -> Void) throws -> PolicyCheck {
        let folder = try ScratchFolder()
        try folder.makePair("a", kind: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
        try folder.write("test.policy", Self.policy)
        try prepare(folder)
        return try PolicyCheck.run(folder.path + "/test.policy")
    }

    static let policy = """
        listen public { https = ["127.0.0.1:8443"]  tls = main }
        tls main { certificate = "a.pem"  key = "a.key" }
        pool app { server "127.0.0.1:8080" }
        site "www.example.org" { route "/*" { to = pool.app } }
        """

    @Test("a good policy with good files is good")
    func good() throws {
        let result = try check { _ in }
        #expect(result.isGood)
        #expect(result.diagnostics.isEmpty && result.findings.isEmpty)
    }

    @Test("without keys, missing ones are no fault, and errors in the policy are")
    func withoutKeys() throws {
        let folder = try ScratchFolder()
        try folder.write("test.policy", Self.policy)
        #expect(try PolicyCheck.run(folder.path + "/test.policy", checksKeys: false).isGood)
        #expect(try !PolicyCheck.run(folder.path + "/test.policy").isGood)
        try folder.write("test.policy", Self.policy + "\nnonsense = 1\n")
        #expect(try !PolicyCheck.run(folder.path + "/test.policy", checksKeys: false).isGood)
    }

    @Test("an error in the policy is told with its place, and no file is looked at")
    func policyError() throws {
        let result = try check { try $0.write("test.policy", "tls main { certficate = \"a.pem\" }") }
        #expect(!result.isGood)
        #expect(result.diagnostics.contains { $0.line == 1 && $0.message.contains("certficate") })
        #expect(result.findings.isEmpty)
    }

    /// A way to spoil a file, the file that is named for it, and a part of the cause or remedy.
    struct Fault: CustomTestStringConvertible {
        let name: String
        let file: String
        let text: String
        let spoil: @Sendable (ScratchFolder) throws -> Void
        var testDescription: String { name }
    }

    static let faults: [Fault] = [
        Fault(name: "no policy", file: "test.policy", text: "ENOENT") { try $0.remove("test.policy") },
        Fault(name: "policy that others may change", file: "test.policy", text: "chmod go-w") {
            try $0.setMode("test.policy", 0o666)
        },
        Fault(name: "no certificate", file: "a.pem", text: "make the file") { try $0.remove("a.pem") },
        Fault(name: "no key", file: "a.key", text: "make the file") { try $0.remove("a.key") },
        Fault(name: "key that is a link", file: "a.key", text: "not a symbolic link") { folder in
            try folder.move("a.key", "b.key")
            try folder.link("a.key", to: "b.key")
        },
        Fault(name: "key that is a folder", file: "a.key", text: "regular file") { folder in
            try folder.remove("a.key")
            try folder.makeFolder("a.key")
        },
        Fault(name: "key that its group may read", file: "a.key", text: "mode 0640") { try $0.setMode("a.key", 0o640) },
        Fault(name: "certificate that others may change", file: "a.pem", text: "chmod go-w") {
            try $0.setMode("a.pem", 0o646)
        },
        Fault(name: "key that is no PEM", file: "a.key", text: "give the private key in PEM") {
            try $0.write("a.key", "nothing", mode: 0o600)
        },
        Fault(name: "certificate that is no PEM", file: "a.pem", text: "certificate chain in PEM") {
            try $0.write("a.pem", "nothing")
        },
        Fault(name: "key of another certificate", file: "a.pem", text: "is not the one of the certificate") { folder in
            try folder.makePair("b", kind: ["-newkey", "ed25519"])
            try folder.move("b.key", "a.key")
        },
        Fault(name: "expired certificate", file: "a.pem", text: "expired") {
            try $0.makePair("a", kind: ["-newkey", "ed25519"], days: -1)
        },
        Fault(name: "weak key", file: "a.key", text: "at least 2048") {
            try $0.makePair("a", kind: ["-newkey", "rsa:1024"])
        },
        Fault(name: "encrypted key", file: "a.key", text: "passphrase") {
            try $0.encryptKey("a.key")
        },
    ]

    @Test("a file that masugatad would refuse is named with cause and remedy", arguments: faults)
    func fault(_ fault: Fault) throws {
        let result = try check(fault.spoil)
        #expect(!result.isGood)
        let texts = result.findings.filter(\.isError)
        #expect(
            texts.contains { $0.path.hasSuffix("/" + fault.file) && $0.text.contains(fault.text) },
            "\(result.findings.map(\.description)) \(result.diagnostics)")
    }

    @Test("a certificate that expires soon is a warning")
    func expiresSoon() throws {
        let result = try check { try $0.makePair("a", kind: ["-newkey", "ed25519"], days: 3) }
        #expect(result.isGood)
        #expect(result.findings.map(\.severity) == ["warning"])
    }

    @Test("the JSON form says whether it is good, and what was found")
    func json() throws {
        let result = try check { try $0.setMode("a.key", 0o644) }
        let read = try JSONParser.parse(Array(result.json.encoded.utf8))
        #expect(read["ok"] == .flag(false))
        #expect(read["files"].list.first?["severity"].text == "error")
    }
}
