import Sandbox

/// The facts of every process of an appliance.
struct AttestationReport {
    let processes: [Attested]

    /// A process with its facts.
    struct Attested {
        let name: String
        let pid: Int32
        let facts: [Fact]
    }

    /// How the whole came out.
    enum Outcome: Int32 {
        /// Everything is as promised.
        case kept = 0
        /// Something differs.
        case broken = 1
        /// Nothing that was seen differs, but not all could be seen.
        case unseen = 3
    }

    var outcome: Outcome {
        let verdicts = Set(processes.flatMap(\.facts).map(\.verdict))
        if verdicts.contains(.differs) { return .broken }
        return verdicts.contains(.unseen) ? .unseen : .kept
    }

    /// Compares an appliance with the promises.
    /// - Parameters:
    ///   - others: further processes below the supervisor: copies of its children, such as the dialer's resolver.
    ///   - landlockOffered: the kernel's version.
    init(_ appliance: Appliance, others: [ProcessSnapshot], landlockOffered: UInt8) {
        guard let supervisor = appliance.supervisor?.snapshot else {
            processes = []
            return
        }
        let attestation = Attestation(supervisor: supervisor, landlockOffered: landlockOffered)
        var attested = [
            Attested(name: "supervisor", pid: supervisor.pid, facts: attestation.factsOfSupervisor())
        ]
        for member in appliance.members where member.role != "supervisor" {
            attested.append(AttestationReport.attested(member, attestation))
        }
        for snapshot in others {
            attested.append(AttestationReport.attested(snapshot, of: appliance, attestation))
        }
        processes = attested
    }

    private static func attested(_ member: Appliance.Member, _ attestation: Attestation) -> Attested {
        guard let profile = member.profile else {
            let fact = Fact("role", promised: "a known one", found: member.role, holds: false)
            return Attested(name: member.name, pid: member.snapshot?.pid ?? 0, facts: [fact])
        }
        guard let snapshot = member.snapshot else {
            let found = member.lastEnd.isEmpty ? "down" : "down, the last one \(member.lastEnd)"
            return Attested(name: member.name, pid: 0, facts: [Fact("process", promised: "alive", found: found)])
        }
        return Attested(
            name: member.name, pid: snapshot.pid, facts: attestation.facts(of: snapshot, as: profile, member: member))
    }

    /// A process that is not in the supervisor's table lives in the cell of its parent, or should not be there.
    private static func attested(
        _ snapshot: ProcessSnapshot, of appliance: Appliance, _ attestation: Attestation
    ) -> Attested {
        let parent = appliance.members.first { $0.snapshot?.pid == snapshot.status.parent }
        guard let parent, let profile = parent.profile else {
            let fact = Fact("process", promised: "none that the supervisor does not name", found: snapshot.status.name)
            return Attested(name: snapshot.status.name, pid: snapshot.pid, facts: [fact])
        }
        return Attested(
            name: "child of \(parent.name)", pid: snapshot.pid,
            facts: attestation.facts(of: snapshot, as: profile, member: parent))
    }
}
