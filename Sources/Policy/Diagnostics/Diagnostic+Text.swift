extension Diagnostic: CustomStringConvertible {
    /// The place, what is wrong, the line, and a caret with the hint. Three lines without a final line feed:
    ///
    ///     intra.policy:12:15: error: unknown word 'certficate' in a tls block
    ///        12 |   tls intra { certficate = "a.pem" }
    ///           |               ^^^^^^^^^^ did you mean 'certificate'?
    ///
    /// Control characters of the policy are never passed on to the terminal.
    public var description: String {
        let number = String(line)
        let gutter = String(repeating: " ", count: max(5 - number.count, 1))
        let window = Window(self)
        let hint = self.hint.map { " " + $0 } ?? ""
        return """
            \(Diagnostic.harmless(fileName)):\(line):\(column): \(severity.rawValue): \(Diagnostic.harmless(message))
            \(gutter)\(number) | \(window.text)
            \(gutter)\(String(repeating: " ", count: number.count)) | \(window.underline)\(Diagnostic.harmless(hint))
            """
    }

    /// `text` with a replacement for every control character, and for those that change the order of others.
    static func harmless(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isHarmful(scalar) ? "\u{fffd}" : scalar) }
        return String(result)
    }

    /// Whether `scalar` is a control character or one that changes the order of others (bidirectional controls).
    static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}

/// The part of a line around what a diagnostic is about, and what is drawn below it.
private struct Window {
    /// A line is shown in at most so many characters.
    static let width = 160

    private(set) var text = ""
    private(set) var underline = ""

    init(_ diagnostic: Diagnostic) {
        let line = Array(diagnostic.text.prefix(diagnostic.column + Window.width))
        let first = max(0, diagnostic.column - 1 - Window.width / 2)
        if first > 0 {
            text += "..."
            underline += "   "
        }
        for (index, character) in line.enumerated() where index >= first && index < first + Window.width {
            let column = index + 1
            text += character == "\t" ? "    " : Diagnostic.harmless(String(character))
            let mark = column >= diagnostic.column && column < diagnostic.column + diagnostic.length ? "^" : " "
            if column < diagnostic.column + diagnostic.length {
                underline += String(repeating: mark, count: Window.columns(of: character))
            }
        }
        if line.count > first + Window.width { text += "..." }
        // What is about the end of a line stands behind it.
        if !underline.contains("^") { underline += "^" }
    }

    /// How many columns of a terminal `character` takes: four as a tab, two in the wide scripts, otherwise one.
    private static func columns(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x09: return 4
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            return 2
        default: return 1
        }
    }
}
