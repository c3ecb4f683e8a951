import Foundation

/// The audit log in a folder.
struct AuditLog {
    let folder: String

    /// All its lines, in order. Each has to be an object.
    func lines() throws -> [[String: Any]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }.sorted()
        return try names.flatMap { name in
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n").map { line in
                guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                    throw Late(description: "\(name): not an object: \(line)")
                }
                return object
            }
        }
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
