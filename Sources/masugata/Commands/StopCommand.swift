import ArgumentParser
import Sys

/// `masugata stop`
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Finishes the requests under way and ends the appliance.",
        discussion: "Under systemd use 'systemctl stop masugata'.")

    @OptionGroup var appliance: ApplianceOption

    func run() throws {
        _ = try appliance.control.ask("stop")
        StandardOutput.write("masugatad finishes the requests under way and ends")
    }
}
