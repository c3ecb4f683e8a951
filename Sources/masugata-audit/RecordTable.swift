internal import Audit

/// Records as lines with columns, for people. A column that needs more room keeps it for the lines that follow.
struct RecordTable {
    private var clientWidth = 15
    private var targetWidth = 40

    /// Room that a column takes at most, so that one long path does not push the rest away for good.
    private static let widest = 72

    /// Appends `record` as one line, without its end.
    mutating func append(_ record: borrowing RecordLine, to output: inout [UInt8]) {
        var line = time(record)
        if let event = record.text(.event) {
            line += pad("event", clientWidth) + "  " + printable(event)
            if let count = record.number(.count) { line += " \(count)" }
            if let text = record.text(.text), !text.isEmpty { line += "  " + printable(text) }
        } else {
            line += request(record)
        }
        output += Array(line.utf8)
    }

    /// `2026-11-23 18:00:00.123`: the day and the time to the millisecond.
    private func time(_ record: borrowing RecordLine) -> String {
        let text = record.time.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(12) + "  "
    }

    private mutating func request(_ record: borrowing RecordLine) -> String {
        let client = text(record, .client)
        var target = text(record, .host) + text(record, .path)
        if let query = record.text(.query) { target += "?" + printable(query) }
        clientWidth = min(max(clientWidth, client.count), RecordTable.widest)
        targetWidth = min(max(targetWidth, target.count), RecordTable.widest)
        var status = "\(record.number(.status) ?? 0)"
        if status == "0" { status = "-" }
        var line = pad(client, clientWidth) + "  " + pad(status, 3) + "  " + pad(text(record, .method), 7)
        line += "  " + pad(target, targetWidth) + "  " + padLeft(duration(record.number(.duration) ?? 0), 8)
        let upstream = text(record, .upstream)
        line += "  " + (upstream.isEmpty ? "-" : upstream)
        return line + outcome(record)
    }

    /// What was done, when there is something to say about it.
    private func outcome(_ record: borrowing RecordLine) -> String {
        var outcome = ""
        let reason = text(record, .reason)
        if record.has(.action, Array("deny".utf8)) { outcome += "  denied" }
        if !reason.isEmpty { outcome += (outcome.isEmpty ? "  " : ": ") + reason }
        // The rule that decided has been named.
        let names = (record.texts(.ruleNames) ?? []).map(printable).filter { "rule.\($0)" != reason }
        let rules = names + (record.numbers(.rules) ?? []).map { "\($0)" }
        if !rules.isEmpty { outcome += "  rules " + rules.joined(separator: ",") }
        return outcome
    }

    private func duration(_ microseconds: UInt64) -> String {
        switch microseconds {
        case ..<1_000: "\(microseconds) us"
        case ..<1_000_000: "\(microseconds / 1_000).\(microseconds / 100 % 10) ms"
        default: "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
        }
    }

    private func text(_ record: borrowing RecordLine, _ field: RecordField) -> String {
        printable(record.text(field) ?? [])
    }

    /// The text without anything that steers a terminal or turns the direction of writing.
    private func printable(_ bytes: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x00...0x1f, 0x7f...0x9f, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069:
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    private func padLeft(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }
}
