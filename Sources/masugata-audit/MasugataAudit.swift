internal import ArgumentParser

/// The command line.
struct MasugataAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masugata-audit",
        abstract: "Reads the audit log of Masugata.",
        discussion: """
            DIR is the folder of the audit log: `audit` in the state folder, unless the policy's `audit` block names \
            another. The state folder will do as well.

            Exit status: 0 when all went well; 1 when the log cannot be read; 2 when lines in it are broken, each of \
            which is reported by file and line while the others are shown; 64 when the command line is wrong.
            """,
        subcommands: [TailCommand.self, SearchCommand.self])
}

/// What every command is told.
struct LogOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The folder of the audit log.", valueName: "dir"))
    var directory: String

    @Flag(help: "Print the lines as they are, in JSON.")
    var json = false
}
