/// Reads the sections of Apache's configuration that stand around rules: `<IfModule security2_module>`. Others are
/// refused, as they would change which requests the rules are for.
struct SectionReader {
    let log: RuleLog
    private var sections: [(opening: PlacedText, isSkipped: Bool)] = []

    init(log: RuleLog) { self.log = log }

    private static let present = ["security2_module", "mod_security2.c", "unique_id_module", "mod_unique_id.c"]

    /// Whether the lines between are not for this product.
    var isSkipping: Bool { sections.contains { $0.isSkipped } }

    /// Whether the line begins or ends a section.
    mutating func takes(_ line: PlacedText) -> Bool {
        guard line.bytes[0] == UInt8(ascii: "<") else { return false }
        let words = line.word.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ">" }).map(String.init)
        switch words[0] {
        case "<ifmodule" where words.count == 2: begin(words[1], line)
        case "</ifmodule":
            if sections.popLast() == nil { log.error(line, "there is no <IfModule> that this ends") }
        default:
            let reason = "which rules hold where is decided by the policy's sites and routes"
            log.error(
                line, "\(line.string) is not supported: \(reason)",
                hint: "of sections, <IfModule security2_module> alone may stand around rules")
        }
        return true
    }

    private mutating func begin(_ condition: String, _ line: PlacedText) {
        let isNegated = condition.hasPrefix("!")
        let isPresent = SectionReader.present.contains(isNegated ? String(condition.dropFirst()) : condition)
        sections.append((line, isPresent == isNegated))
    }

    /// Reports sections that are not ended.
    func finish() {
        for section in sections { log.error(section.opening, "this section is not ended", hint: "add </IfModule>") }
    }
}
