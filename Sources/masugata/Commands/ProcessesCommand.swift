import ArgumentParser
import Sys

/// `masugata processes`
struct ProcessesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "processes",
        abstract: "Shows the processes, their sandboxes, and what happens when one dies.",
        discussion: """
            Memory is resident memory. Open descriptors, namespaces and root folders of other users' processes are \
            visible to root alone.
            """)

    @OptionGroup var appliance: ApplianceOption

    @Flag(help: "Print the table as JSON.")
    var json = false

    func run() throws {
        let seen = try Appliance.seen(by: appliance.control)
        StandardOutput.write(json ? ProcessTable.json(seen).encoded : ProcessTable.text(seen))
    }
}
