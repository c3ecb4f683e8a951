import ArgumentParser
import Policy
import Sys

/// `masugata check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a policy, runs its tests, and checks the files that it names.",
        discussion: """
            Says on standard error what is wrong, with file, line and column. The tests of the policy go through the \
            code that serves. Of the files: whether certificates and keys are there, regular files and no links, whom \
            they belong to and who may use them, whether each key is that of its certificate, and the certificate's \
            dates. Exits 0 when masugatad could serve the policy and its tests hold, 1 when not.
            """)

    @Argument(help: ArgumentHelp("The policy.", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Leave certificates and keys out, where they do not belong: on a workstation, in a build.")
    var withoutKeys = false

    @Flag(help: "Print what was found on standard output, as JSON.")
    var json = false

    func run() throws {
        let result = try PolicyCheck.run(file, checksKeys: !withoutKeys)
        if json {
            StandardOutput.write(result.json.encoded)
        } else {
            for diagnostic in result.diagnostics { StandardError.write(diagnostic.description) }
            for finding in result.findings { StandardError.write(finding.description) }
        }
        if !result.isGood { throw ExitCode.failure }
        if !json { StandardError.write("\(file): good" + (result.tests == 0 ? "" : ", \(result.tests) tests hold")) }
    }
}
