extension Attestation {
    /// The capabilities that the supervisor keeps as root, and the use of each.
    static let supervisorCapabilities: [(number: Int, use: String)] = [
        (0, "giving new log folders to the log writer"),
        (2, "opening what root owns in folders of others"),
        (5, "ending children"),
        (6, "the children's groups"),
        (7, "the children's users"),
        (8, "the children's bounding sets"),
        (10, "ports below 1024"),
        (14, "locked memory of the key-holder"),
        (21, "namespaces and mounts of the children"),
    ]

    /// What holds of the supervisor. Without root it has nothing to give up.
    func factsOfSupervisor() -> [Fact] {
        let status = supervisor.status
        var facts = [Fact("threads", promised: "1", found: "\(status.threads)")]
        if status.users.first != 0 {
            facts.append(
                Fact(
                    "capabilities, effective", promised: "none",
                    found: CapabilityNames.text(status.capabilities.effective),
                    holds: status.capabilities.effective == 0))
            return facts
        }
        let allowed = Attestation.supervisorCapabilities.reduce(UInt64(0)) { $0 | 1 << UInt64($1.number) }
        let sets = [
            ("effective", status.capabilities.effective), ("permitted", status.capabilities.permitted),
            ("inheritable", status.capabilities.inheritable), ("bounding", status.capabilities.bounding),
            ("ambient", status.capabilities.ambient),
        ]
        for (name, set) in sets {
            facts.append(
                Fact(
                    "capabilities, \(name)", promised: "at most " + CapabilityNames.text(allowed),
                    found: CapabilityNames.text(set), holds: set & ~allowed == 0))
        }
        facts.append(Fact("no_new_privs", promised: "set", found: status.noNewPrivileges ? "set" : "not set"))
        return facts
    }
}
