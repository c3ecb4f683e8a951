import ArgumentParser
import Policy
import Sys

/// `masugata fmt`
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Writes policies in canonical form.",
        discussion: """
            Indents by two spaces, puts neighbouring lines into columns, and breaks lines that are too wide. Comments \
            and the grouping by blank lines stay, and the meaning does. A file whose syntax is wrong is left as it is, \
            and what is wrong is said. Names the files that it has changed. Exits 0 when all files are in canonical \
            form now, 1 when not.
            """)

    @Argument(help: ArgumentHelp("The policies, or files that they include.", valueName: "FILE"), completion: .file())
    var files: [String]

    @Flag(help: "Change nothing; name the files that are not in canonical form, and exit 1 if there are any.")
    var check = false

    @Flag(name: .customLong("stdout"), help: "Change nothing; print the canonical form.")
    var standardOutput = false

    func validate() throws {
        if check && standardOutput { throw ValidationError("--check and --stdout exclude each other.") }
    }

    func run() throws {
        var isGood = true
        for path in files {
            do throws(OperatorError) {
                if try !format(PolicyFile(path, limit: PolicyBounds.text + 1)) { isGood = false }
            } catch {
                StandardError.write(error.description)
                isGood = false
            }
        }
        if !isGood { throw ExitCode.failure }
    }

    /// Returns whether all is well with `file`.
    private func format(_ file: PolicyFile) throws(OperatorError) -> Bool {
        let formatting = Policy.format(file.text, fileName: file.path)
        guard let text = formatting.text else {
            for diagnostic in formatting.diagnostics { StandardError.write(diagnostic.description) }
            return false
        }
        if standardOutput {
            do throws(Errno) {
                try File.write(1, text.span)
            } catch {
                throw OperatorError("standard output: \(error); check where it goes")
            }
            return true
        }
        if text == file.text { return true }
        if !check { try file.replace(with: text) }
        StandardOutput.write(file.path)
        return !check
    }
}
