/// The process table, for people and for programs.
enum ProcessTable {
    /// Two tables: the processes, and what happens to requests when one of them dies.
    static func text(_ appliance: Appliance) -> String {
        var processes = TextTable(["PROCESS", "PID", "USER", "STATE", "RESTARTS", "MEMORY", "DESCRIPTORS", "SANDBOX"])
        for member in appliance.members {
            processes.add([
                member.name, member.snapshot.map { "\($0.pid)" } ?? "-", "\(member.user)", member.state,
                "\(member.restarts)", member.snapshot.map { memory($0.status.residentMemory) } ?? "-",
                member.snapshot?.descriptors.map { "\($0.count)" } ?? "-", sandbox(member, appliance),
            ])
        }
        var deaths = TextTable(["WHEN IT DIES", "WHAT HAPPENS UNTIL IT IS BACK"])
        var told: [String] = []
        for member in appliance.members where !told.contains(member.role) {
            told.append(member.role)
            deaths.add([member.role, member.onDeath.isEmpty ? supervisorDeath : member.onDeath])
        }
        return processes.text + "\n\n" + deaths.text
    }

    /// The supervisor's table says nothing of its own end.
    private static let supervisorDeath = "all processes end with it; the service manager starts it again"

    /// The same as a list of objects.
    static func json(_ appliance: Appliance) -> JSONValue {
        .list(
            appliance.members.map { member in
                .object([
                    JSONValue.Member("role", .text(member.role)), JSONValue.Member("worker", .number(member.worker)),
                    JSONValue.Member("pid", .number(UInt64(max(0, member.snapshot?.pid ?? 0)))),
                    JSONValue.Member("uid", .number(UInt64(member.user))),
                    JSONValue.Member("state", .text(member.state)),
                    JSONValue.Member("restarts", .number(member.restarts)),
                    JSONValue.Member("resident_memory", .number(member.snapshot?.status.residentMemory ?? 0)),
                    JSONValue.Member(
                        "descriptors", member.snapshot?.descriptors.map { .number(UInt64($0.count)) } ?? .null),
                    JSONValue.Member("sandbox", .text(sandbox(member, appliance))),
                    JSONValue.Member("missing", .text(member.missing)),
                    JSONValue.Member("on_death", .text(member.onDeath.isEmpty ? supervisorDeath : member.onDeath)),
                ])
            })
    }

    private static func memory(_ bytes: UInt64) -> String {
        let tenths = (bytes * 10 + 524_288) >> 20
        return "\(tenths / 10).\(tenths % 10) MiB"
    }

    /// What the kernel says of the cell, in a few words.
    private static func sandbox(_ member: Appliance.Member, _ appliance: Appliance) -> String {
        guard let snapshot = member.snapshot else { return "-" }
        let status = snapshot.status
        if member.role == "supervisor" {
            return "none; capabilities: " + CapabilityNames.text(status.capabilities.effective)
        }
        var parts = [status.seccompMode == 2 ? "seccomp" : "NO seccomp"]
        parts.append(member.landlock == 0 ? "no Landlock" : "Landlock \(member.landlock)")
        parts.append(
            status.capabilities.effective == 0 ? "no capabilities" : CapabilityNames.text(status.capabilities.effective)
        )
        if let own = snapshot.namespaces, let host = appliance.supervisor?.snapshot?.namespaces {
            let names = own.keys.filter { own[$0] != host[$0] }.sorted()
            parts.append(names.isEmpty ? "no namespace of its own" : "own " + names.joined(separator: "+"))
        }
        if snapshot.rootEntries == [] { parts.append("empty root") }
        return parts.joined(separator: ", ")
    }
}
