import Glibc
import KeyTestSupport
import PolicyFolder
import Sys
import Testing

@Suite("The files whose content a policy takes in")
struct PolicyFolderTests {
    private let scratch = Scratch()
    private var folder: PolicyFolder { PolicyFolder(policy: scratch.file("etc/edge.policy")) }

    init() {
        mkdir(scratch.file("etc"), 0o755)
        mkdir(scratch.file("etc/policy.d"), 0o755)
    }

    private func make(_ name: String, _ text: String = "text\n", mode: mode_t = 0o644) throws {
        try scratch.write(name, text)
        chmod(scratch.file(name), mode)
    }

    private func content(_ name: String, limit: Int = 100) throws(FileRefusal) -> String {
        let file = try folder.open(name, limit: limit)
        return String(decoding: (try? File.contents(file.raw, limit: 1 << 20)) ?? [], as: UTF8.self)
    }

    private func refusal(_ name: String, limit: Int = 100) -> String {
        do throws(FileRefusal) {
            return "accepted: \(try content(name, limit: limit))"
        } catch {
            return "\(error.message)|\(error.hint ?? "")"
        }
    }

    @Test("are opened by names from the policy's folder and from the root")
    func opened() throws {
        try make("etc/bots.txt", "bots\n")
        #expect(try content("bots.txt") == "bots\n")
        #expect(try content(scratch.file("etc/bots.txt")) == "bots\n")
        #expect(try content("policy.d/../bots.txt") == "bots\n")
    }

    @Test("have to be regular files that are there, no links")
    func kinds() throws {
        try make("etc/a.txt")
        symlink("a.txt", scratch.file("etc/link.txt"))
        mkfifo(scratch.file("etc/pipe"), 0o644)
        #expect(refusal("none.txt") == "is not there|make it, or correct its name")
        #expect(refusal("a.txt/b") == "is not there|make it, or correct its name")
        #expect(refusal("link.txt").hasPrefix("is a symbolic link|name the file itself"))
        #expect(refusal("policy.d") == "is not a regular file|name one")
        #expect(refusal("pipe") == "is not a regular file|name one")
    }

    @Test("have at most as many bytes as are wanted")
    func sizes() throws {
        try make("etc/a.txt", "12345")
        #expect(try content("a.txt", limit: 5) == "12345")
        #expect(refusal("a.txt", limit: 4) == "has more than 4 bytes|")
    }

    @Test("are changed by nobody else", arguments: [0o664, 0o646, 0o666] as [mode_t])
    func changedByOthers(mode: mode_t) throws {
        try make("etc/a.txt", mode: mode)
        #expect(refusal("a.txt") == "can be changed by others|chmod go-w \(scratch.file("etc/a.txt"))")
    }

    @Test("are no private keys: those are for their owner alone", arguments: [0o600, 0o400] as [mode_t])
    func keys(mode: mode_t) throws {
        try make("etc/site.key", mode: mode)
        #expect(refusal("site.key").hasPrefix("is for its owner alone, as a private key is|"))
        chmod(scratch.file("etc/site.key"), 0o640)
        #expect(try content("site.key") == "text\n")
    }

    @Test("are for everybody to read where they are not in the policy's folder")
    func outside() throws {
        try make("shadow", mode: 0o640)
        let names = ["../shadow", "policy.d/../../shadow", scratch.file("shadow"), scratch.file("etc/../shadow")]
        for name in names { #expect(refusal(name).hasPrefix("is outside the policy's folder and not for everybody")) }
        chmod(scratch.file("shadow"), 0o644)
        for name in names { #expect(try content(name) == "text\n") }
    }

    @Test("belong to root or to the user that opens them", .enabled(if: Account.isRoot))
    func owners() throws {
        try make("etc/a.txt")
        chown(scratch.file("etc/a.txt"), 12_345, 12_345)
        #expect(refusal("a.txt").hasPrefix("belongs to a user who could change it|chown 0 "))
    }

    @Test("of time zones may be links that stay among the time zones")
    func zones() throws {
        #expect(try content("/usr/share/zoneinfo/UTC", limit: 1 << 16).hasPrefix("TZif"))
        #expect(try content("/usr/share/zoneinfo/Asia/Tokyo", limit: 1 << 16).hasPrefix("TZif"))
        #expect(refusal("/usr/share/zoneinfo/No/Such").hasPrefix("is not there"))
        #expect(refusal("/usr/share/zoneinfo/../zoneinfo/UTC", limit: 1 << 16).hasPrefix("is a symbolic link"))
    }

    @Test("no name below a folder leads out of it, be it by steps or by links")
    func beneath() throws {
        try make("out.txt")
        try make("etc/in.txt")
        symlink("in.txt", scratch.file("etc/in.link"))
        symlink("../out.txt", scratch.file("etc/out.link"))
        symlink(scratch.file("etc/in.txt"), scratch.file("etc/root.link"))
        let root = scratch.file("etc")
        _ = try File.open("in.txt", beneath: root)
        _ = try File.open("in.link", beneath: root)
        for name in ["out.link", "root.link", "../out.txt", scratch.file("etc/in.txt")] {
            #expect(throws: Errno(EXDEV, "openat2")) { _ = try File.open(name, beneath: root) }
        }
    }

    @Test("are named by a pattern in the order of their bytes, hidden ones only by a pattern that begins so")
    func patterns() throws {
        for name in ["b.policy", "a.policy", "B.policy", ".policy", ".c.policy", "d.txt"] {
            try make("etc/policy.d/\(name)")
        }
        try make("etc/e.policy")
        #expect(
            try folder.names(matching: "policy.d/*.policy")
                == ["policy.d/B.policy", "policy.d/a.policy", "policy.d/b.policy"])
        #expect(try folder.names(matching: "policy.d/.*.policy") == ["policy.d/.c.policy"])
        #expect(try folder.names(matching: "*.policy") == ["e.policy"])
        #expect(try folder.names(matching: scratch.file("etc/*.policy")) == [scratch.file("etc/e.policy")])
        #expect(try folder.names(matching: "policy.d/*.none") == [])
    }

    @Test("patterns without one asterisk in the last part are refused, and folders that are not there or not for all")
    func wrongPatterns() throws {
        for pattern in ["policy.d", "*/a.policy", "policy.d/*.*", "", "*/*"] {
            #expect(throws: FileRefusal.self) { try folder.names(matching: pattern) }
        }
        #expect(throws: FileRefusal("is not there", hint: "make it, or correct its name")) {
            try folder.names(matching: "none.d/*.policy")
        }
        mkdir(scratch.file("closed"), 0o750)
        #expect(throws: FileRefusal.self) { try folder.names(matching: "../closed/*") }
        try scratch.write("etc/policy.d/a\nb", "")
        #expect(throws: FileRefusal.self) { try folder.names(matching: "policy.d/*") }
    }
}
