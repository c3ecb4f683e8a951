import Sandbox

/// Compares processes with what is promised of them. A pure function of what was seen.
struct Attestation {
    /// The supervisor's own snapshot: what the others' filters and namespaces are compared with.
    let supervisor: ProcessSnapshot
    /// The newest Landlock version that both the kernel and the sandbox know.
    let landlockOffered: UInt8

    /// Whether the appliance was started by root.
    private var isRoot: Bool { supervisor.status.users.first == 0 }

    /// What holds, and what does not, of a confined process.
    func facts(of snapshot: ProcessSnapshot, as profile: Profile, member: Appliance.Member) -> [Fact] {
        let promise = Sandbox.promise(of: profile)
        let status = snapshot.status
        return seccomp(status, promise) + [
            Fact(
                "no_new_privs", promised: Attestation.word(promise.noNewPrivileges),
                found: Attestation.word(status.noNewPrivileges)),
            Fact("threads", promised: "1", found: "\(status.threads)"),
        ] + capabilities(status, promise, member) + identity(status, promise, member)
            + namespaces(snapshot, promise, member) + [
                root(snapshot, promise, member), landlock(promise, member), descriptors(snapshot, promise),
            ]
    }

    private static func word(_ flag: Bool) -> String { flag ? "set" : "not set" }

    /// Whether the process could make no namespaces and has said so; only without root.
    private func lacksNamespaces(_ member: Appliance.Member) -> Bool {
        !isRoot && member.missing.contains("no namespaces")
    }

    private func seccomp(_ status: ProcessStatus, _ promise: Promise) -> [Fact] {
        let filters = promise.filters + supervisor.status.filters
        return [
            Fact("seccomp mode", promised: "\(promise.seccompMode)", found: "\(status.seccompMode)"),
            Fact("seccomp filters", promised: "\(filters)", found: "\(status.filters)"),
        ]
    }

    private func capabilities(_ status: ProcessStatus, _ promise: Promise, _ member: Appliance.Member) -> [Fact] {
        let sets = status.capabilities
        let named = [
            ("effective", sets.effective), ("permitted", sets.permitted), ("inheritable", sets.inheritable),
            ("bounding", sets.bounding), ("ambient", sets.ambient),
        ]
        return named.map { name, set in
            Fact(
                "capabilities, \(name)", promised: CapabilityNames.text(promise.capabilities),
                found: CapabilityNames.text(set),
                holds: set == promise.capabilities, isConceded: name == "bounding" && lacksNamespaces(member))
        }
    }

    private func identity(_ status: ProcessStatus, _ promise: Promise, _ member: Appliance.Member) -> [Fact] {
        let users = Set(status.users)
        let ownUser = users == [member.user] && status.users.count == 4
        var facts = [
            Fact(
                "user", promised: "\(member.user)", found: status.users.map(String.init).joined(separator: " "),
                holds: ownUser && (!isRoot || !promise.ownUser || member.user != 0))
        ]
        if isRoot {
            facts.append(
                Fact(
                    "group", promised: "one, not 0", found: status.groups.map(String.init).joined(separator: " "),
                    holds: Set(status.groups).count == 1 && !status.groups.contains(0)))
            facts.append(
                Fact(
                    "supplementary groups", promised: "none",
                    found: status.supplementaryGroups.isEmpty
                        ? "none" : status.supplementaryGroups.map(String.init).joined(separator: " ")))
        }
        return facts
    }

    private func namespaces(_ snapshot: ProcessSnapshot, _ promise: Promise, _ member: Appliance.Member) -> [Fact] {
        promise.ownNamespaces.map { name in
            guard let own = snapshot.namespaces?[name], let host = supervisor.namespaces?[name] else {
                return Fact(unseen: "\(name) namespace", promised: "own")
            }
            return Fact(
                "\(name) namespace", promised: "own", found: own == host ? "the supervisor's" : "own",
                holds: own != host,
                isConceded: lacksNamespaces(member))
        }
    }

    private func root(_ snapshot: ProcessSnapshot, _ promise: Promise, _ member: Appliance.Member) -> Fact {
        if !promise.emptyRoot { return Fact("root folder", promised: "any", found: "any") }
        guard let entries = snapshot.rootEntries else { return Fact(unseen: "root folder", promised: "empty") }
        return Fact(
            "root folder", promised: "empty", found: entries.isEmpty ? "empty" : "\(entries.count) entries",
            holds: entries.isEmpty, isConceded: lacksNamespaces(member))
    }

    /// Landlock does not show in `/proc`: this is what the process reported. An older kernel offers less, which the
    /// process has said.
    private func landlock(_ promise: Promise, _ member: Appliance.Member) -> Fact {
        Fact(
            "Landlock, as reported", promised: "version \(promise.landlock) or later",
            found: "version \(member.landlock)",
            holds: member.landlock >= promise.landlock,
            isConceded: landlockOffered < promise.landlock && member.landlock == landlockOffered)
    }

    private func descriptors(_ snapshot: ProcessSnapshot, _ promise: Promise) -> Fact {
        let promised =
            "only "
            + Promise.DescriptorKind.allCases.filter { promise.descriptors.contains($0) }
            .map(\.rawValue).joined(separator: ", ")
        guard let descriptors = snapshot.descriptors else { return Fact(unseen: "descriptors", promised: promised) }
        let strange = descriptors.filter { !promise.descriptors.contains($0.kind) }
        return Fact(
            "descriptors", promised: promised,
            found: strange.isEmpty
                ? snapshot.descriptorSummary : strange.map { "\($0.number) -> \($0.target)" }.joined(separator: ", "),
            holds: strange.isEmpty)
    }
}
