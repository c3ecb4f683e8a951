import Bytes

/// Cuts a policy's text into tokens. Comments go from `#` or `//` to the end of the line.
struct Lexer {
    private let source: Source
    private let text: [UInt8]
    private let log: DiagnosticLog
    private var position: Int
    private let end: Int
    private var startsLine = true
    private var tokens: [Token] = []

    /// The tokens of the last file of `source`, the last of which is ``Token/Kind/end``; nil when there are more than
    /// `limit`.
    static func tokens(of source: Source, limit: Int, _ log: DiagnosticLog) -> [Token]? {
        var lexer = Lexer(source, log)
        while lexer.position < lexer.end {
            lexer.readToken()
            if lexer.tokens.count > limit {
                log.error(
                    SourceSpan(start: lexer.position, end: lexer.position),
                    "the policy has more than \(PolicyBounds.tokens) words and signs")
                return nil
            }
        }
        lexer.append(.end, from: lexer.end)
        return lexer.tokens
    }

    private init(_ source: Source, _ log: DiagnosticLog) {
        self.source = source
        self.log = log
        text = source.text
        position = source.lastFile.lowerBound
        end = source.lastFile.upperBound
    }

    private mutating func readToken() {
        let start = position
        let byte = text[position]
        switch byte {
        case UInt8(ascii: "\n"):
            startsLine = true
            position += 1
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            position += 1
        case UInt8(ascii: "#"):
            skipLine()
        case UInt8(ascii: "/") where isComment(at: position):
            skipLine()
        case UInt8(ascii: "\""):
            readText()
        case UInt8(ascii: "'"):
            readTextInSingleQuotes()
        case UInt8(ascii: ";"):
            log.error(
                SourceSpan(start: start, end: start + 1), "nothing stands between two settings", hint: "remove the ';'")
            position += 1
        case _ where Lexer.isComparison(byte):
            readComparison()
        case _ where Lexer.isSign(byte):
            position += 1
            append(.sign(String(Unicode.Scalar(byte))), from: start)
        default:
            while position < end && !endsRun(at: position) { position += 1 }
            append(.run, from: start)
        }
    }

    /// Reads a text in quotes, which ends in the line it began in.
    private mutating func readText() {
        let start = position
        var content: [UInt8] = []
        position += 1
        while position < end {
            let byte = text[position]
            if byte == UInt8(ascii: "\n") { break }
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                append(.text(String(decoding: content, as: UTF8.self)), from: start)
                return
            case UInt8(ascii: "\\"):
                readEscape(into: &content)
            default:
                content.append(byte)
            }
        }
        log.error(SourceSpan(start: start, end: position), "the text is not closed", hint: "add a '\"' at its end")
        append(.text(String(decoding: content, as: UTF8.self)), from: start)
    }

    /// Reads a text in the wrong quotes, so that nothing else is said about it.
    private mutating func readTextInSingleQuotes() {
        let start = position
        repeat { position += 1 } while position < end && !"'\n".utf8.contains(text[position])
        let content = text[(start + 1)..<position]
        if position < end && text[position] == UInt8(ascii: "'") { position += 1 }
        log.error(
            SourceSpan(start: start, end: position), "a text stands in double quotes",
            hint: "write \"\(String(decoding: content, as: UTF8.self))\"")
        append(.text(String(decoding: content, as: UTF8.self)), from: start)
    }

    /// Reads what follows a backslash.
    private mutating func readEscape(into content: inout [UInt8]) {
        let start = position - 1
        guard position < end, text[position] != UInt8(ascii: "\n") else { return }
        let byte = text[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): content.append(byte)
        case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): content.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): content.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "u"):
            guard let scalar = readScalar() else {
                log.error(
                    SourceSpan(start: start, end: position), "this names no character",
                    hint: "write \\u{...} with 1 to 6 hexadecimal digits")
                return
            }
            content += Array(String(Character(scalar)).utf8)
        default:
            // The rest of a character of several bytes stays in the text: the policy is refused anyway.
            log.error(
                SourceSpan(start: start, end: position), "unknown escape in a text",
                hint: #"known are \" \\ \n \r \t \u{...}; a backslash itself is written \\"#)
        }
    }

    private mutating func readScalar() -> Unicode.Scalar? {
        guard position < end, text[position] == UInt8(ascii: "{") else { return nil }
        position += 1
        var value: UInt32 = 0
        var digits = 0
        while position < end, digits < 6, let digit = ASCII.hexadecimalValue(text[position]) {
            value = value << 4 | UInt32(digit)
            digits += 1
            position += 1
        }
        guard digits > 0, position < end, text[position] == UInt8(ascii: "}") else { return nil }
        position += 1
        return Unicode.Scalar(value)
    }

    private mutating func append(_ kind: Token.Kind, from start: Int) {
        tokens.append(Token(kind: kind, span: SourceSpan(start: start, end: position), startsLine: startsLine))
        startsLine = false
    }

    private mutating func skipLine() {
        while position < end && text[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private func isComment(at index: Int) -> Bool {
        index + 1 < end && text[index] == UInt8(ascii: "/") && text[index + 1] == UInt8(ascii: "/")
    }

    private func endsRun(at index: Int) -> Bool {
        let byte = text[index]
        return Lexer.isBoundary(byte) || Lexer.isSign(byte) || Lexer.isComparison(byte) || isComment(at: index)
    }

    /// Reads `=` or one of the signs of comparisons.
    private mutating func readComparison() {
        let start = position
        position += 1
        if position < end && text[position] == UInt8(ascii: "=") { position += 1 }
        append(.sign(String(decoding: text[start..<position], as: UTF8.self)), from: start)
    }

    private static func isComparison(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "=", "<", ">", "!": true
        default: false
        }
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "{", "}", "[", "]", "(", ")", ",", "&", "|": true
        default: false
        }
    }

    /// Whether `byte` ends a run although it is no sign.
    private static func isBoundary(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "\"", "'", "#", ";": true
        default: byte <= 0x20
        }
    }
}
