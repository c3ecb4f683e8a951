extension Explanation {
    /// The explanation for people.
    var description: String {
        var lines = way.map(written) + [""] + end.map(written)
        if let upstream = outcome.upstream { lines += Explanation.section("The server receives:", upstream.lines) }
        if let response { lines += Explanation.section("Of the response, the client receives:", response) }
        return lines.joined(separator: "\n")
    }

    /// Characters of the widest name of a phase.
    private static let width = 10

    private func written(_ line: Line) -> String {
        let phase = line.phase + String(repeating: " ", count: max(0, Explanation.width - line.phase.count))
        return "\(phase)  \(line.text)" + (line.position.map { "  # \(text.place($0))" } ?? "")
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        ["", title] + lines.map { "    \($0)" }
    }
}
