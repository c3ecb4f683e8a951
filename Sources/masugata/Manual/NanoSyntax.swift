/// The syntax of policies for nano.
enum NanoSyntax {
    /// The file `masugata.nanorc`.
    static var text: String {
        let words = SyntaxWords()
        return """
            # Syntax of masugata.policy(5) for nano.
            # Made by packaging/generate from the table of words. Change the table, not this file.

            syntax "masugata" "\\.policy$"
            comment "#"
            tabgives "  "

            # Values
            color cyan "\\<(\(words.values.joined(separator: "|")))\\>"
            # Sentences
            color brightcyan "\\<(\(words.clauses.joined(separator: "|")))\\>"
            # Blocks
            color brightblue "\\<(\(words.blocks.joined(separator: "|")))\\>"
            # Conditions
            color green "\\<(\(words.fields.map(escaped).joined(separator: "|")))\\>"
            color brightred "\\<(\(words.operators.joined(separator: "|")))\\>" "[=!<>]=|[<>]"
            color brightblue "\\<(\(words.blocks.filter(words.isAlsoElsewhere).joined(separator: "|")))[[:blank:]]*\\{"
            color normal "\\{"
            # Settings
            color brightgreen "\\<(\(words.settings.joined(separator: "|")))[[:blank:]]*=([^=]|$)"
            color normal "="
            # Numbers, addresses and dates
            color magenta "\\<[0-9]+(\\.[0-9]+)?(ms|[smhd%]|B|[KMGT]iB)?(/(s|min|h|d))?\\>"
            color magenta "\\<[0-9]+(\\.[0-9]+){3}(/[0-9]+)?\\>" "\\<[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]+)?"
            color magenta "\\<[0-9]{4}-[0-9]{2}-[0-9]{2}\\>"
            # Texts and comments
            color yellow "\\"([^\\"\\\\]|\\\\.)*\\""
            color brightblack "(^|[[:blank:]])(#|//).*$"

            """
    }

    private static func escaped(_ word: String) -> String {
        word.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
    }
}
