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
            # Blocks
            color brightblue "\\<(\(words.blocks.joined(separator: "|")))\\>"
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
}
