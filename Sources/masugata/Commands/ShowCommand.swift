import ArgumentParser
import Sys

/// `masugata show`
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what holds, and where each value comes from.",
        discussion: """
            Prints the blocks of a policy with every value that holds in them, also those that nobody wrote, and behind \
            each where it comes from: the block itself (here), its site, a profile, or the default. With words behind \
            the file, only blocks whose title has all of them: masugata show FILE wiki route.
            """)

    @Argument(help: ArgumentHelp("The policy.", valueName: "FILE"), completion: .file())
    var file: String

    @Argument(help: ArgumentHelp("Words of the titles of blocks.", valueName: "WORD"))
    var words: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let sections = PolicyView(try ReadablePolicy(file).plan).sections.filter { section in
            words.allSatisfy { section.title.contains($0) }
        }
        if sections.isEmpty {
            throw OperatorError("\(file): no block has '\(words.joined(separator: " "))' in its title")
        }
        let text =
            json
            ? JSONValue.list(sections.map(\.json)).encoded : sections.map(\.text).joined(separator: "\n\n")
        try File.write(1, Array((text + "\n").utf8).span)
    }
}
