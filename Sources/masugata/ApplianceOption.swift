import ArgumentParser
import Sys

/// Which appliance is meant. May stand before or after the command.
struct ApplianceOption: ParsableArguments {
    @Option(
        name: .customLong("state"),
        help: ArgumentHelp("The state folder that masugatad was started with.", valueName: "DIR"))
    var folder: String = ApplianceOption.standardFolder

    /// The folder that masugatad takes when it is told none.
    static var standardFolder: String {
        if Account.isRoot { return "/run/masugata" }
        if let folder = Host.environment("XDG_RUNTIME_DIR"), folder.hasPrefix("/") { return folder + "/masugata" }
        return "/tmp/masugata-\(Account.own.user)"
    }

    /// The way to the supervisor.
    var control: ControlClient { ControlClient(folder: folder) }
}
