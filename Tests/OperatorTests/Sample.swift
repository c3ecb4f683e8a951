import Sandbox

@testable import masugata

/// An appliance as it should be, to be spoilt by tests.
enum Sample {
    /// The namespace of the host.
    static func hostNamespace(_ name: String) -> [UInt64] { [4, UInt64(name.utf8.reduce(0) { $0 * 31 + UInt64($1) })] }

    private static let names = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"]

    static var supervisor: ProcessSnapshot {
        var status = ProcessStatus(text(user: 0, seccomp: 0, filters: 0))!
        let kept = Attestation.supervisorCapabilities.reduce(UInt64(0)) { $0 | 1 << UInt64($1.number) }
        status.capabilities.effective = kept
        status.capabilities.permitted = kept
        status.capabilities.bounding = kept
        let namespaces = Dictionary(uniqueKeysWithValues: names.map { ($0, hostNamespace($0)) })
        return ProcessSnapshot(pid: 10, status: status, namespaces: namespaces, rootEntries: ["etc"], descriptors: [])
    }

    /// A process of `profile` that keeps all promises, of a supervisor started by root.
    static func snapshot(_ profile: Profile) -> ProcessSnapshot {
        var namespaces = supervisor.namespaces!
        for name in Sandbox.promise(of: profile).ownNamespaces { namespaces[name] = [4, 99] }
        return ProcessSnapshot(
            pid: 20, status: ProcessStatus(text(user: 64_800, seccomp: 2, filters: 1))!, namespaces: namespaces,
            rootEntries: [],
            descriptors: [
                .init(number: 0, target: "/dev/null"), .init(number: 2, target: "pipe:[77]"),
                .init(number: 3, target: "socket:[1234]"),
            ])
    }

    static func member(
        _ profile: Profile, user: UInt32 = 64_800, landlock: UInt8 = 7, missing: String = "",
        snapshot: ProcessSnapshot? = nil
    ) -> Appliance.Member {
        let entry = JSONValue.object([
            .init("role", .text(profile.name)), .init("uid", .number(UInt64(user))),
            .init("landlock", .number(UInt64(landlock))), .init("missing", .text(missing)),
            .init("pid", .number(UInt64(snapshot?.pid ?? 0))),
        ])
        return Appliance.Member(entry, snapshot: snapshot)
    }

    static func facts(
        _ profile: Profile, snapshot: ProcessSnapshot? = nil, landlock: UInt8 = 7, offered: UInt8 = 7,
        missing: String = ""
    ) -> [Fact] {
        Attestation(supervisor: supervisor, landlockOffered: offered).facts(
            of: snapshot ?? Sample.snapshot(profile), as: profile,
            member: member(profile, landlock: landlock, missing: missing))
    }

    /// A `/proc/PID/status` as Linux 6 writes it, cut to the lines around those that are read.
    static func text(user: UInt32, seccomp: Int, filters: Int, parent: Int32 = 10) -> String {
        """
        Name:\tmasugata-proxy
        Umask:\t0077
        State:\tS (sleeping)
        Tgid:\t20
        Pid:\t20
        PPid:\t\(parent)
        Uid:\t\(user)\t\(user)\t\(user)\t\(user)
        Gid:\t\(user)\t\(user)\t\(user)\t\(user)
        FDSize:\t64
        Groups:\t
        VmRSS:\t   12345 kB
        Threads:\t1
        CapInh:\t0000000000000000
        CapPrm:\t0000000000000000
        CapEff:\t0000000000000000
        CapBnd:\t0000000000000000
        CapAmb:\t0000000000000000
        NoNewPrivs:\t1
        Seccomp:\t\(seccomp)
        Seccomp_filters:\t\(filters)
        Speculation_Store_Bypass:\tvulnerable
        """
    }
}
