import Sandbox
import Testing

@testable import masugata

@Suite("Attestation: what the kernel says of a process against what is promised")
struct AttestationTests {
    @Test("a process of each role that keeps all promises has no other fact", arguments: Profile.allCases)
    func kept(_ profile: Profile) {
        let facts = Sample.facts(profile)
        #expect(facts.allSatisfy { $0.verdict == .holds }, "\(facts.filter { $0.verdict != .holds })")
        #expect(facts.count >= 17)
    }

    /// A change to a process, and the one fact that must show it.
    struct Breach: CustomTestStringConvertible {
        let fact: String
        let change: @Sendable (inout ProcessSnapshot) -> Void
        var testDescription: String { fact }
    }

    static let breaches: [Breach] = [
        Breach(fact: "seccomp mode") { $0.status.seccompMode = 0 },
        Breach(fact: "seccomp filters") { $0.status.filters -= 1 },
        Breach(fact: "seccomp filters") { $0.status.filters += 1 },
        Breach(fact: "no_new_privs") { $0.status.noNewPrivileges = false },
        Breach(fact: "threads") { $0.status.threads = 2 },
        Breach(fact: "capabilities, effective") { $0.status.capabilities.effective = 1 << 21 },
        Breach(fact: "capabilities, permitted") { $0.status.capabilities.permitted = 1 },
        Breach(fact: "capabilities, inheritable") { $0.status.capabilities.inheritable = 1 },
        Breach(fact: "capabilities, bounding") { $0.status.capabilities.bounding = 1 << 40 },
        Breach(fact: "capabilities, ambient") { $0.status.capabilities.ambient = 1 },
        Breach(fact: "user") { $0.status.users[2] = 0 },
        Breach(fact: "user") { $0.status.users = [0, 0, 0, 0] },
        Breach(fact: "group") { $0.status.groups = [0, 0, 0, 0] },
        Breach(fact: "supplementary groups") { $0.status.supplementaryGroups = [4] },
        Breach(fact: "net namespace") { $0.namespaces?["net"] = Sample.hostNamespace("net") },
        Breach(fact: "mnt namespace") { $0.namespaces?["mnt"] = Sample.hostNamespace("mnt") },
        Breach(fact: "ipc namespace") { $0.namespaces?["ipc"] = Sample.hostNamespace("ipc") },
        Breach(fact: "uts namespace") { $0.namespaces?["uts"] = Sample.hostNamespace("uts") },
        Breach(fact: "cgroup namespace") { $0.namespaces?["cgroup"] = Sample.hostNamespace("cgroup") },
        Breach(fact: "root folder") { $0.rootEntries = ["etc", "usr"] },
        Breach(fact: "descriptors") { $0.descriptors?.append(.init(number: 9, target: "/etc/shadow")) },
        Breach(fact: "descriptors") { $0.descriptors?.append(.init(number: 9, target: "pipe:[1]")) },
        Breach(fact: "descriptors") { $0.descriptors?.append(.init(number: 9, target: "anon_inode:[io_uring]")) },
    ]

    @Test("each breach shows as this one fact and no other", arguments: breaches)
    func breach(_ breach: Breach) {
        var snapshot = Sample.snapshot(.proxy)
        breach.change(&snapshot)
        let broken = Sample.facts(.proxy, snapshot: snapshot).filter { $0.verdict != .holds }
        #expect(broken.map(\.name) == [breach.fact])
        #expect(broken.first?.verdict == .differs)
    }

    @Test("a process that reports less Landlock than the kernel offers breaks its promise")
    func landlockLeftOut() {
        let facts = Sample.facts(.proxy, landlock: 2, offered: 7)
        #expect(facts.filter { $0.verdict == .differs }.map(\.name) == ["Landlock, as reported"])
    }

    @Test("an old kernel's Landlock is conceded, not broken")
    func landlockOfAnOldKernel() {
        let facts = Sample.facts(.proxy, landlock: 2, offered: 2)
        #expect(facts.filter { $0.verdict != .holds }.map(\.verdict) == [.conceded])
    }

    @Test("what this user may not see is neither kept nor broken")
    func unseen() {
        var snapshot = Sample.snapshot(.proxy)
        snapshot.namespaces = nil
        snapshot.rootEntries = nil
        snapshot.descriptors = nil
        let facts = Sample.facts(.proxy, snapshot: snapshot)
        #expect(Set(facts.filter { $0.verdict != .holds }.map(\.verdict)) == [.unseen])
        #expect(facts.count { $0.verdict == .unseen } == 7)
    }

    @Test("without root, missing namespaces are conceded only where the process has said so")
    func withoutRoot() {
        var supervisor = Sample.supervisor
        supervisor.status.users = [1000, 1000, 1000, 1000]
        var snapshot = Sample.snapshot(.proxy)
        snapshot.status.users = supervisor.status.users
        snapshot.namespaces = supervisor.namespaces
        func verdicts(_ missing: String) -> Set<Fact.Verdict> {
            let facts = Attestation(supervisor: supervisor, landlockOffered: 7).facts(
                of: snapshot, as: .proxy, member: Sample.member(.proxy, user: 1000, missing: missing))
            return Set(facts.filter { $0.name.hasSuffix("namespace") }.map(\.verdict))
        }
        #expect(verdicts("no namespaces (unshare: EPERM)") == [.conceded])
        #expect(verdicts("") == [.differs])
    }

    @Test("as root, nothing that a process says of namespaces excuses it")
    func noExcuseAsRoot() {
        var snapshot = Sample.snapshot(.proxy)
        snapshot.namespaces?["net"] = Sample.hostNamespace("net")
        let facts = Sample.facts(.proxy, snapshot: snapshot, missing: "no namespaces")
        #expect(facts.contains { $0.name == "net namespace" && $0.verdict == .differs })
    }

    @Test("filters that the supervisor itself was started under count for none of the children")
    func inheritedFilters() {
        var supervisor = Sample.supervisor
        supervisor.status.filters = 1
        let facts = Attestation(supervisor: supervisor, landlockOffered: 7).facts(
            of: Sample.snapshot(.proxy), as: .proxy, member: Sample.member(.proxy))
        #expect(facts.filter { $0.verdict == .differs }.map(\.name) == ["seccomp filters"])
    }

    @Test("a supervisor with a capability too many, or that may gain privileges, is told")
    func supervisor() {
        var supervisor = Sample.supervisor
        func broken() -> [String] {
            Attestation(supervisor: supervisor, landlockOffered: 7).factsOfSupervisor().filter { $0.verdict != .holds }
                .map(\.name)
        }
        #expect(broken() == [])
        supervisor.status.capabilities.bounding |= 1 << 19
        supervisor.status.noNewPrivileges = false
        #expect(broken() == ["capabilities, bounding", "no_new_privs"])
    }
}
