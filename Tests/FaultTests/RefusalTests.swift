import Foundation
import KeyTestSupport
import Testing

extension Faults {
    @Suite("What cannot be served is refused at the start and at a reload")
    struct RefusalTests {
        /// Something wrong, and what has to be said of it: the file, and words of cause and remedy.
        struct Wrong: CustomTestStringConvertible, Sendable {
            let what: String
            let says: [String]
            let make: @Sendable (Site) throws -> Void
            var testDescription: String { what }

            init(_ what: String, says: [String], _ make: @escaping @Sendable (Site) throws -> Void) {
                self.what = what
                self.says = says
                self.make = make
            }
        }

        static let wrongs: [Wrong] = [
            Wrong("no policy file", says: ["/policy", "make the file"]) { site in
                try FileManager.default.removeIfThere(site.path())
            },
            Wrong("a policy with an unknown word", says: ["policy:2:", "tsl", "tls"]) { site in
                try site.write(text: site.text().replacingOccurrences(of: "tls main", with: "tsl main"))
            },
            Wrong("a policy that others may change", says: ["/policy", "chmod go-w"]) { site in
                try site.write()
                chmod(site.path(), 0o666)
            },
            Wrong("a certificate that is not there", says: ["/none.pem", "make the file"]) { site in
                try site.scratch.write("none.key", try site.scratch.read("first.key"))
                try site.write(Site.Policy(certificates: ["none"]))
            },
            Wrong("a key that is not there", says: ["/bare.key", "make the file"]) { site in
                try site.scratch.write("bare.pem", try site.scratch.read("first.pem"))
                try site.write(Site.Policy(certificates: ["bare"]))
            },
            Wrong("a folder for a key", says: ["/folder.key", "is not a regular file"]) { site in
                try site.scratch.write("folder.pem", try site.scratch.read("first.pem"))
                mkdir(site.path("folder.key"), 0o700)
                try site.write(Site.Policy(certificates: ["folder"]))
            },
            Wrong("the key of another certificate", says: ["/mixed.key", "is not the one of the certificate"]) { site in
                try site.scratch.makeCertificate("mixed", .p256)
                try site.scratch.write("mixed.pem", try site.scratch.read("first.pem"))
                try site.write(Site.Policy(certificates: ["mixed"]))
            },
            Wrong("an expired certificate", says: ["/old.pem", "expired", "renew it"]) { site in
                try site.scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
                try site.write(Site.Policy(certificates: ["old"]))
            },
            Wrong("a key that its group may read", says: ["/open.key", "chmod 0600"]) { site in
                try site.scratch.makeCertificate("open", .p256)
                chmod(site.path("open.key"), 0o640)
                try site.write(Site.Policy(certificates: ["open"]))
            },
            Wrong("a symbolic link for a key", says: ["/linked.key", "symbolic link"]) { site in
                try site.scratch.write("linked.pem", try site.scratch.read("first.pem"))
                symlink(site.path("first.key"), site.path("linked.key"))
                try site.write(Site.Policy(certificates: ["linked"]))
            },
            Wrong("a key file with something else", says: ["/text.key", "PEM"]) { site in
                try site.scratch.write("text.pem", try site.scratch.read("first.pem"))
                try site.scratch.write("text.key", "not a key\n")
                try site.write(Site.Policy(certificates: ["text"]))
            },
            Wrong("a certificate file with something else", says: ["/blank.pem", "PEM"]) { site in
                try site.scratch.write("blank.key", try site.scratch.read("first.key"))
                try site.scratch.write("blank.pem", "not a certificate\n")
                try site.write(Site.Policy(certificates: ["blank"]))
            },
            Wrong("a key under a passphrase", says: ["/secret.key", "unencrypted"]) { site in
                try site.scratch.write("secret.pem", try site.scratch.read("first.pem"))
                try site.scratch.openssl([
                    "pkey", "-in", site.path("first.key"), "-aes128", "-passout", "pass:word", "-out",
                    site.path("secret.key"),
                ])
                try site.write(Site.Policy(certificates: ["secret"]))
            },
            Wrong("an address that another program has", says: ["listen public", "end the program"]) { site in
                let other = "127.0.0.1:\(site.north.port)"
                try site.write(
                    text: site.text().replacingOccurrences(of: "http = [", with: "http = [\"\(other)\", "))
            },
        ]

        @Test("the start ends with 1, the reload leaves the old policy serving; both name the file and the remedy", arguments: wrongs)
        func refused(_ wrong: Wrong) throws {
            let site = try Site()
            try wrong.make(site)
            let command = try Command(
                ["\(Binaries.folder)/masugatad", "--policy", site.path(), "--state", site.path("state")], site: site)
            #expect(command.end == .exited(1))
            expect(command.text, wrong)

            try site.write()
            let appliance = try Appliance(site, workers: 1)
            let connection = try Connection(site.https, tls: Site.name)
            #expect(try connection.get("/before").status == 200)
            try FileManager.default.removeIfThere(site.path("folder.key"))
            try FileManager.default.removeIfThere(site.path("linked.key"))
            try wrong.make(site)
            let answer = try appliance.ask("reload")
            #expect(answer["ok"] as? Bool == false)
            expect(answer["error"] as? String ?? "", wrong)
            expect(appliance.standardError, wrong)
            try appliance.audit.awaitEvent("reload.failed", ["generation 1 serves on"] + wrong.says)
            #expect(try appliance.generation() == 1)
            #expect(try connection.get("/after").status == 200)
            #expect(try Connection(site.https, tls: Site.name).get("/new").status == 200)

            try site.write()
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            #expect(try connection.get("/healed").status == 200)
            #expect(try appliance.members().allSatisfy { $0.restarts == 0 })
        }

        private func expect(_ text: String, _ wrong: Wrong) {
            for word in wrong.says { #expect(text.contains(word), "no '\(word)' in: \(text)") }
        }
    }
}
