import Foundation

/// The tables of ARCHITECTURE.md that the sources are held to.
enum Document {
    /// A row of the table of targets.
    struct Row {
        let level: Level
        let target: String
        let mayImport: Set<String>
    }

    /// Where a target stands. C targets are below all others.
    enum Level: Comparable {
        case c
        case number(Int)
    }

    /// The table under the heading "Targets".
    static func targets() throws -> [Row] {
        try rows(under: "## Targets", columns: 4).flatMap { cells -> [Row] in
            let level: Level = Int(cells[0]).map { .number($0) } ?? .c
            let imports = Set(names(cells[2]))
            return names(cells[1]).map { Row(level: level, target: $0, mayImport: imports) }
        }
    }

    /// The table under the heading "Unsafe code": the most uses of `unsafe` for each target.
    static func unsafeUses() throws -> [String: Int] {
        var uses: [String: Int] = [:]
        for cells in try rows(under: "## Unsafe code", columns: 2) {
            for name in names(cells[0]) { uses[name] = Int(cells[1]) }
        }
        return uses
    }

    /// The tests that the table under the heading "What could be read in two ways" names, by class.
    static func ambiguities() throws -> [(name: String, tests: [String])] {
        try rows(under: "## What could be read in two ways", columns: 3).map { cells in
            (cells[0], cells.last.map(names) ?? [])
        }
    }

    private static func rows(under heading: String, columns: Int) throws -> [[String]] {
        let lines = try Repository.text("ARCHITECTURE.md").components(separatedBy: "\n")
        guard let start = lines.firstIndex(of: heading) else { return [] }
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| ") && !$0.hasPrefix("|-") }.dropFirst().map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.count >= columns }
    }

    /// The words of a cell that stand in backquotes.
    private static func names(_ cell: String) -> [String] {
        cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
}
