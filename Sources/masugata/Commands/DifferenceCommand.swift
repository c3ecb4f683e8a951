import ArgumentParser
import Sys

/// `masugata diff`
struct DifferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows what changes between two policies.",
        discussion: """
            Compares what holds, not how it is written: for each block, site and route, the values that change. Exits \
            0 when nothing changes, 1 when something does, 2 when one of the policies is wrong.
            """)

    @Argument(help: ArgumentHelp("The policy as it was.", valueName: "OLD"), completion: .file())
    var old: String

    @Argument(help: ArgumentHelp("The policy as it will be.", valueName: "NEW"), completion: .file())
    var new: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let difference: PolicyDifference
        do throws(OperatorError) {
            difference = PolicyDifference(
                from: PolicyView(try ReadablePolicy(old).plan), to: PolicyView(try ReadablePolicy(new).plan))
        } catch {
            StandardError.write(error.description)
            throw ExitCode(2)
        }
        try File.write(1, Array(((json ? difference.json.encoded : difference.text) + "\n").utf8).span)
        if !difference.changes.isEmpty { throw ExitCode.failure }
    }
}
