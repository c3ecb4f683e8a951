import Foundation

/// The audit log in a folder.
struct AuditLog {
    let folder: String

    /// All its whole lines, in order.
    func lines() throws -> [[String: Any]] { try texts().compactMap(AuditLog.object) }

    /// Lines that are no object: a log writer was killed while it wrote them.
    func tornLines() throws -> [String] { try texts().filter { AuditLog.object($0) == nil } }

    /// All lines that have an end; the one that is being written has none.
    private func texts() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }.sorted()
        return try names.flatMap { name in
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
    }

    private static func object(_ line: String) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }

    /// How often each query was recorded.
    func queries() throws -> [String: Int] {
        try lines().reduce(into: [:]) { counts, line in
            if let query = line["query"] as? String { counts[query, default: 0] += 1 }
        }
    }

    /// The texts of events of a kind.
    func events(_ kind: String) throws -> [String] {
        try lines().filter { $0["event"] as? String == kind }.map { $0["text"] as? String ?? "" }
    }

    /// Waits for an event of a kind whose text contains all of `words`.
    func awaitEvent(_ kind: String, _ words: [String]) throws {
        try until("an event '\(kind)' with \(words) in the audit log") {
            try events(kind).contains { text in words.allSatisfy(text.contains) }
        }
    }
}
