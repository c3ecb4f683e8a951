/// A pattern as the tests generate it: written out for the parser under test and for others, and interpreted by the
/// oracle, which so does not depend on the parser.
indirect enum Tree {
    case empty
    case byte(UInt8)
    case any
    case members([ClosedRange<UInt8>], isNegated: Bool)
    case anchor(Anchor)
    case sequence([Tree])
    case choice([Tree])
    case repetition(Tree, Int, Int?, isLazy: Bool)
    case group(Tree)
    case options(Options, Tree)

    enum Anchor: CaseIterable {
        case caret, dollar, textStart, textEnd, finalLineEnd, boundary, noBoundary
    }

    struct Options {
        var isCaseless = false
        var isDotAll = true
        var isMultiline = false
    }

    /// Whether it can match without a byte.
    var isNullable: Bool {
        switch self {
        case .empty, .anchor: true
        case .byte, .any, .members: false
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .choice(let parts): parts.contains(where: \.isNullable)
        case .repetition(let body, let minimum, _, _): minimum == 0 || body.isNullable
        case .group(let body), .options(_, let body): body.isNullable
        }
    }

    /// Whether something is repeated that can match without a byte: engines differ in what such loops match, though
    /// not in whether they do.
    var hasNullableLoop: Bool {
        switch self {
        case .empty, .anchor, .byte, .any, .members: false
        case .sequence(let parts), .choice(let parts): parts.contains(where: \.hasNullableLoop)
        case .repetition(let body, _, _, _): body.isNullable || body.hasNullableLoop
        case .group(let body), .options(_, let body): body.hasNullableLoop
        }
    }
}

extension Tree {
    /// For whom a pattern is written.
    enum Dialect {
        case ours, python
    }

    /// The pattern's text.
    func text(_ dialect: Dialect, _ options: Options = Options()) -> String {
        switch self {
        case .empty: return "(?:)"
        case .byte(let byte): return Tree.escaped(byte)
        case .any: return "."
        case .members(let ranges, let isNegated):
            let members = ranges.map { range in
                let low = Tree.escaped(range.lowerBound)
                return range.count == 1 ? low : "\(low)-\(Tree.escaped(range.upperBound))"
            }
            return "[\(isNegated ? "^" : "")\(members.joined())]"
        case .anchor(let anchor): return anchor.text(dialect, options)
        case .sequence(let parts):
            return parts.map { part in
                if case .choice = part { return "(?:\(part.text(dialect, options)))" }
                return part.text(dialect, options)
            }.joined()
        case .choice(let parts): return parts.map { $0.text(dialect, options) }.joined(separator: "|")
        case .group(let body): return "(\(body.text(dialect, options)))"
        case .options(let inside, let body):
            let flags = [(inside.isCaseless, "i"), (inside.isDotAll, "s"), (inside.isMultiline, "m")]
            let on = flags.filter(\.0).map(\.1).joined()
            let off = flags.filter { !$0.0 }.map(\.1).joined()
            return "(?\(on)\(off.isEmpty ? "" : "-\(off)"):\(body.text(dialect, inside)))"
        case .repetition(let body, let minimum, let maximum, let isLazy):
            let inner = body.text(dialect, options)
            let repeated: String
            switch body {
            case .byte, .any, .members, .group, .options: repeated = inner
            default: repeated = "(?:\(inner))"
            }
            let sign: String
            switch (minimum, maximum) {
            case (0, nil): sign = "*"
            case (1, nil): sign = "+"
            case (0, 1): sign = "?"
            case (let minimum, nil): sign = "{\(minimum),}"
            case (let minimum, let maximum?): sign = minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
            }
            return repeated + sign + (isLazy ? "?" : "")
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return String(UnicodeScalar(byte))
        case 0x0a: return "\\n"
        case 0x21...0x7e: return "\\" + String(UnicodeScalar(byte))
        default:
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
    }
}

extension Tree.Anchor {
    fileprivate func text(_ dialect: Tree.Dialect, _ options: Tree.Options) -> String {
        switch (self, dialect) {
        case (.caret, .ours): "^"
        case (.dollar, .ours): "$"
        // Python's `^` also matches behind a line feed that ends the text, its `$` before one.
        case (.caret, .python): options.isMultiline ? "(?:\\A|(?<=\\n)(?!\\Z))" : "\\A"
        case (.dollar, .python): options.isMultiline ? "(?=\\n|\\Z)" : "\\Z"
        case (.textStart, _): "\\A"
        case (.textEnd, .ours): "\\z"
        case (.textEnd, .python): "\\Z"
        case (.finalLineEnd, .ours): "\\Z"
        case (.finalLineEnd, .python): "(?=\\n?\\Z)"
        case (.boundary, _): "\\b"
        // Python 3.11's `\B` does not match the empty text.
        case (.noBoundary, .ours): "\\B"
        case (.noBoundary, .python): "(?:(?<!\\w)(?!\\w)|(?<=\\w)(?=\\w))"
        }
    }
}
