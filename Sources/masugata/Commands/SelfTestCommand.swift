import ArgumentParser
import Sys

/// `masugata selftest`
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Tries to get out of the sandbox of each process.",
        discussion: """
            Runs masugata-selftest, as masugatad does at every start: it locks children of its own into the sandbox \
            of each role and makes the attempts of somebody who owns the process. Exits 0 when every attempt failed, \
            1 when one succeeded, 2 when the test could not be made. Needs no running appliance.
            """)

    @OptionGroup var appliance: ApplianceOption

    func run() throws {
        let program = try SelfTestCommand.program()
        let end: ChildProcess.End
        do throws(Errno) {
            let child = try ChildProcess.spawn(
                program, arguments: [], environment: ["SWIFT_BACKTRACE=enable=no"], descriptors: [-1, 1, 2],
                dieWithParent: true)
            end = try ChildProcess.wait(child)
        } catch {
            throw OperatorError("\(program): cannot be started: \(error); install the masugata package again")
        }
        switch end {
        case .exited(0): StandardOutput.write("Every attempt failed: the sandbox holds.")
        case .exited(let code): throw ExitCode(code)
        case .signalled(let signal): throw OperatorError("\(program): was ended by signal \(signal)")
        }
    }

    private static let packaged = "/usr/lib/masugata"

    /// Beside this program, or where the package puts it.
    private static func program() throws(OperatorError) -> String {
        var folders = [packaged]
        if let own = try? Host.programFolder() { folders.insert(own, at: 0) }
        for folder in folders where Host.canExecute("\(folder)/masugata-selftest") {
            return "\(folder)/masugata-selftest"
        }
        throw OperatorError(
            "masugata-selftest: not found in \(folders.joined(separator: " or ")); install the masugata package again")
    }
}
