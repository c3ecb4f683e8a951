import ArgumentParser
import Sys

/// `masugata attest`
struct AttestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attest",
        abstract: "Compares what the kernel says of each process with what is promised.",
        discussion: """
            Of every live process: seccomp mode and number of filters, no_new_privs, capability sets, user, groups, \
            namespaces, root folder, Landlock (as the process reports it), threads and the kinds of open descriptors. \
            Exits 0 when all is as promised, 1 when something differs, and 3 when nothing differs but this user may \
            not see all of it.
            """)

    @OptionGroup var appliance: ApplianceOption

    @Flag(help: "Print every fact as JSON.")
    var json = false

    /// A process may end while it is looked at; then everything is looked at again.
    private static let attempts = 3

    func run() throws {
        var report = try AttestCommand.report(appliance.control)
        for _ in 1..<AttestCommand.attempts where report.outcome == .broken {
            report = try AttestCommand.report(appliance.control)
        }
        StandardOutput.write(json ? report.json.encoded : report.text)
        if report.outcome != .kept { throw ExitCode(report.outcome.rawValue) }
    }

    private static func report(_ control: ControlClient) throws(OperatorError) -> AttestationReport {
        let seen = try Appliance.seen(by: control)
        guard let supervisor = seen.supervisor?.snapshot else {
            throw OperatorError("/proc: the supervisor's process is not visible; attest on the host that it runs on")
        }
        return AttestationReport(
            seen, others: others(seen, below: supervisor.pid), landlockOffered: System.landlockVersion)
    }

    /// Live processes below the supervisor that its table does not name. The compiler of a policy that is on its way is
    /// no stranger.
    private static func others(_ appliance: Appliance, below supervisor: Int32) -> [ProcessSnapshot] {
        let known = Set(appliance.members.compactMap(\.snapshot?.pid))
        return ProcessSnapshot.descendants(of: supervisor).filter { process in
            !known.contains(process.pid)
                && !(appliance.isReloading && process.status.parent == supervisor
                    && process.status.name == "masugata-config")
        }.compactMap { ProcessSnapshot.taken(of: $0.pid) }
    }
}
