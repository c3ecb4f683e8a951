import Foundation
import Policy
import SecLang

/// The files of the machine that tests run on.
struct RuleFolder: PolicyFiles {
    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: name) else { throw PolicyFileProblem("is not there") }
        if data.count > limit { throw PolicyFileProblem("has more than \(limit) bytes") }
        return [UInt8](data)
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        guard let slash = pattern.lastIndex(of: "/") else { throw PolicyFileProblem("have no folder") }
        let folder = String(pattern[...slash])
        let parts = pattern[pattern.index(after: slash)...].components(separatedBy: "*")
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[parts.count - 1]) }.sorted()
            .map { folder + $0 }
    }
}

/// Files that are only in memory.
struct TextFiles: PolicyFiles {
    var texts: [String: String] = [:]

    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        guard let text = texts[name] else { throw PolicyFileProblem("is not there", hint: "make it") }
        return Array(text.utf8)
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        let parts = pattern.components(separatedBy: "*")
        return texts.keys.filter { name in
            name.hasPrefix(parts[0]) && name.hasSuffix(parts[1]) && !name.dropFirst(parts[0].count).contains("/")
        }.sorted()
    }
}
