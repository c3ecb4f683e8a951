import ArgumentParser
import Sys

/// `masugata reload`
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Has the policy, certificates and keys read again.",
        discussion: """
            Waits until the new policy is served by every process, or refused. A policy that is refused changes \
            nothing: what was served is served on, and the reason is printed.
            """)

    @OptionGroup var appliance: ApplianceOption

    func run() throws {
        let answer = try appliance.control.ask("reload", patience: .reload)
        StandardOutput.write("generation \(answer["generation"].number) is served")
        let notice = answer["notice"].text
        if !notice.isEmpty { StandardError.write("masugata: \(notice)") }
    }
}
