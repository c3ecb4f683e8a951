import Foundation
import KeyTestSupport
import Testing

extension Faults {
    @Suite("The files that a policy names")
    struct NamedFileTests {
        /// Writes a file that all may read.
        private func write(_ site: Site, _ name: String, _ text: String) throws {
            try site.scratch.write(name, text)
            chmod(site.path(name), 0o644)
        }

        /// A policy that includes a file, which has a list, a page and a time zone.
        private func prepare(_ site: Site) throws {
            mkdir(site.path("policy.d"), 0o755)
            try write(site, "policy.d/lists.policy", "list bad { file = \"bad.txt\" }\nerrors own { 403 = \"pages/403.html\" }\n")
            mkdir(site.path("pages"), 0o755)
            try write(site, "pages/403.html", "first page\n")
            try write(site, "bad.txt", "/bad-one\n")
            try site.write(text: policy(site))
        }

        private func policy(_ site: Site, zone: String = "Japan") -> String {
            "include \"policy.d/*.policy\"\nzone = \"\(zone)\"\n"
                + site.text(Site.Policy(routes: "rules { deny \"bad\" when path in list.bad }\nuse = [errors.own]"))
        }

        private func refused(_ appliance: Appliance, _ words: [String]) throws {
            let answer = try appliance.ask("reload")
            #expect(answer["ok"] as? Bool == false)
            let text = answer["error"] as? String ?? ""
            for word in words { #expect(text.contains(word), "no '\(word)' in: \(text)") }
        }

        @Test("are served, and what is in them then takes effect at a reload")
        func served() throws {
            let site = try Site()
            try prepare(site)
            let appliance = try Appliance(site, workers: 1)
            let connection = try Connection(site.http)
            #expect(try connection.get("/good").status == 200)
            #expect(try connection.get("/bad-two").status == 200)
            let denied = try Connection(site.http).get("/bad-one")
            #expect(denied.status == 403 && denied.body == "first page\n")

            try write(site, "bad.txt", "/bad-two\n")
            try write(site, "pages/403.html", "second page\n")
            #expect(try connection.get("/bad-two").status == 200)
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            #expect(try Connection(site.http).get("/bad-one").status == 200)
            let now = try Connection(site.http).get("/bad-two")
            #expect(now.status == 403 && now.body == "second page\n")
            #expect(try appliance.stop() == .exited(0))
        }

        @Test("that are not there, links, open to others, keys or kept from everybody are refused; the old policy serves")
        func refused() throws {
            let site = try Site()
            try prepare(site)
            let appliance = try Appliance(site, workers: 1)
            let file = site.path("bad.txt")

            try FileManager.default.removeItem(atPath: file)
            try refused(appliance, ["policy.d/lists.policy:1:19:", "'bad.txt' is not there", "make it"])
            try write(site, "other.txt", "/bad-one\n")
            symlink(site.path("other.txt"), file)
            try refused(appliance, ["'bad.txt' is a symbolic link", "readlink -f \(file)"])
            try FileManager.default.removeItem(atPath: file)
            try write(site, "bad.txt", "/bad-two\n")
            chmod(file, 0o666)
            try refused(appliance, ["'bad.txt' can be changed by others", "chmod go-w \(file)"])
            chmod(file, 0o600)
            try refused(appliance, ["'bad.txt' is for its owner alone", "chmod g+r \(file)"])

            #expect(try appliance.generation() == 1)
            #expect(try Connection(site.http).get("/bad-one").status == 403)
            try site.write(text: policy(site, zone: "No/Where"))
            chmod(file, 0o644)
            try refused(appliance, ["'/usr/share/zoneinfo/No/Where' is not there"])
            try site.write(text: policy(site))
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            #expect(try Connection(site.http).get("/bad-one").status == 200)
        }

        /// A compiler that says on standard error what it is answered, and that the policy is wrong.
        private func strangeCompiler(_ site: Site, _ requests: String) throws -> ProgramFolder {
            try ProgramFolder(
                site, replacing: "masugata-config",
                by: """
                    #!/usr/bin/python3
                    # Stands in for a compiler in strange hands. The messages are those of Wire/FileMessage.swift.
                    import array, os, socket, struct, sys
                    control = socket.socket(fileno=3)
                    control.setblocking(True)
                    control.recv(32768)
                    _, passed, _, _ = socket.recv_fds(control, 32768, 8)
                    files = socket.socket(fileno=passed[2])
                    files.setblocking(True)
                    sequence = 0

                    def ask(name):
                        global sequence
                        sequence += 1
                        name = name.encode()
                        files.send(struct.pack("<HBBIIH", 0x4d46, 1, 1, sequence, 1 << 20, len(name)) + name)

                    def answer():
                        message, passed, _, _ = socket.recv_fds(files, 32768, 2)
                        if not message: sys.exit(1)
                        text = message[8:].decode(errors="replace") if message[3] == 2 else "HANDED OVER"
                        print("answer:", text, file=sys.stderr, flush=True)

                    \(requests)
                    sys.exit(1)
                    """)
        }

        @Test("are no keys and nothing that the host keeps, whatever a compiler in strange hands asks for")
        func strange() throws {
            let site = try Site()
            try site.write()
            try site.scratch.write("shadow", "secret")
            chmod(site.path("shadow"), 0o640)
            mkdir(site.path("etc"), 0o755)
            try site.scratch.write("etc/policy", site.text())
            let names = [site.path("shadow"), "../shadow", "../first.key", "/proc/self/environ", "/root", "/dev/mem"]
            let folder = try strangeCompiler(
                site, names.map { "ask(\"\($0)\"); answer()" }.joined(separator: "\n"))
            let command = try Command(
                ["\(folder.path)/masugatad", "--policy", site.path("etc/policy"), "--state", site.path("state")],
                site: site)
            #expect(command.end == .exited(1))
            #expect(!command.text.contains("HANDED OVER"), "\(command.text)")
            #expect(command.text.components(separatedBy: "answer:").count == names.count + 1, "\(command.text)")
        }

        @Test(
            "are asked for by the rules: a compiler that breaks them is ended and the policy refused",
            arguments: [
                ("files.send(b'garbage')\nanswer()", "a malformed message"),
                ("sequence = 7\nask('policy')\nanswer()", "a malformed message (state)"),
                ("while True:\n    ask('none')\n    answer()", "files were asked for"),
                ("while True: ask('none')", "broke the rules of its channel"),
            ])
        func breach(_ requests: String, cause: String) throws {
            let site = try Site()
            try site.write()
            let folder = try strangeCompiler(site, requests)
            let command = try Command(
                ["\(folder.path)/masugatad", "--policy", site.path(), "--state", site.path("state")], site: site)
            #expect(command.end == .exited(1))
            #expect(command.text.contains("broke the rules of its channel") && command.text.contains(cause), "\(command.text)")
        }
    }
}
