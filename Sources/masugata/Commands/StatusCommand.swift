import ArgumentParser
import Sys

/// `masugata status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says what is served, on which addresses, and what was counted.")

    @OptionGroup var appliance: ApplianceOption

    @Flag(help: "Print the supervisor's answer as it is: one line of JSON.")
    var json = false

    func run() throws {
        let status = try appliance.control.ask("status")
        StandardOutput.write(json ? status.encoded : StatusText.text(status))
    }
}
