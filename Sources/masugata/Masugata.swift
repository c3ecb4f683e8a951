import ArgumentParser

/// `masugata`: everything the operator does is one of its commands.
struct Masugata: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masugata",
        abstract: "Checks policies, and watches over the appliance.",
        discussion: """
            The appliance itself is masugatad; it is found by its state folder. The audit log is read with \
            masugata-audit.
            """,
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, FormatCommand.self, ExplainCommand.self, ShowCommand.self, DifferenceCommand.self,
            ReloadCommand.self, StopCommand.self, StatusCommand.self, ProcessesCommand.self, AttestCommand.self,
            SelfTestCommand.self, ManualCommand.self,
        ])

    @OptionGroup var appliance: ApplianceOption
}
