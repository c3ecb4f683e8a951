/// The syntax of policies for Vim.
enum VimSyntax {
    /// The file `syntax/masugata.vim`.
    static var text: String {
        let words = SyntaxWords()
        return """
            " Vim syntax file
            " Language: policy of the Masugata reverse proxy, masugata.policy(5)
            " Made by packaging/generate from the table of words. Change the table, not this file.

            if exists("b:current_syntax")
              finish
            endif

            syntax case match
            syntax iskeyword @,48-57,_,-

            \(match("masugataValue", words.values))
            \(match("masugataClause", words.clauses))
            \(match("masugataBlock", words.blocks))
            \(match("masugataField", words.fields))
            \(match("masugataOperator", words.operators))
            syntax match masugataOperator /[=!<>]=\\|[<>]/
            \(match("masugataBlock", words.blocks.filter(words.isAlsoElsewhere), before: #"\s*{"#))
            \(match("masugataSetting", words.settings, before: #"\s*==\@!"#))
            syntax match masugataNumber /\\<\\d\\d:\\d\\d\\%(-\\d\\d:\\d\\d\\)\\?\\>/
            syntax match masugataNumber /\\<\\d\\+\\%(\\.\\d\\+\\)\\?\\%(ms\\|[smhd%]\\|B\\|[KMGT]iB\\)\\?\\%(\\/\\%(s\\|min\\|h\\|d\\)\\)\\?\\>/
            syntax match masugataAddress /\\<\\d\\+\\%(\\.\\d\\+\\)\\{3}\\%(\\/\\d\\+\\)\\?\\>/
            syntax match masugataAddress /\\<\\x*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\%(\\/\\d\\+\\)\\?/
            syntax match masugataDate /\\<\\d\\{4}-\\d\\d-\\d\\d\\>/
            syntax match masugataEscape /\\\\\\%(["\\\\nrt]\\|u{\\x\\{1,6}}\\)/ contained
            syntax region masugataText start=/"/ skip=/\\\\./ end=/"/ oneline contains=masugataEscape
            syntax match masugataComment /#.*/ contains=@Spell
            syntax match masugataComment +//.*+ contains=@Spell
            syntax region masugataFold start=/{/ end=/}/ transparent fold

            highlight default link masugataBlock Statement
            highlight default link masugataClause Keyword
            highlight default link masugataField Function
            highlight default link masugataOperator Operator
            highlight default link masugataSetting Identifier
            highlight default link masugataValue Constant
            highlight default link masugataNumber Number
            highlight default link masugataAddress Number
            highlight default link masugataDate Number
            highlight default link masugataEscape SpecialChar
            highlight default link masugataText String
            highlight default link masugataComment Comment

            let b:current_syntax = "masugata"

            """
    }

    /// A rule for whole words; nothing when there are none.
    private static func match(_ group: String, _ words: [String], before end: String = "") -> String {
        let ahead = end.isEmpty ? "" : "\\ze" + end
        return #"syntax match \#(group) /\<\%(\#(words.map(escaped).joined(separator: #"\|"#))\)\>\#(ahead)/"#
    }

    private static func escaped(_ word: String) -> String {
        word.split(separator: ".", omittingEmptySubsequences: false).joined(separator: #"\."#)
    }
}
