import ArgumentParser
import Sys

/// `masugata manual`, which makes files of the package.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Prints masugata.policy(5), or the syntax of policies for an editor.",
        shouldDisplay: false)

    /// What can be printed.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case mdoc, vim, nano

        var text: String {
            switch self {
            case .mdoc: PolicyManual.text
            case .vim: VimSyntax.text
            case .nano: NanoSyntax.text
            }
        }
    }

    @Argument(help: "mdoc, vim or nano.")
    var form: Form = .mdoc

    func run() throws { try File.write(1, Array(form.text.utf8).span) }
}
