import Foundation

/// What is looked for in the text of sources.
enum Source {
    /// Executables that are no processes of the appliance.
    static let tools: Set = ["masugata", "masugata-audit"]

    /// Targets of which no symbol may be in the key-holder.
    static let foreignToKeyHolder: Set = [
        "HTTPModel", "HTTP1", "HPACK", "HTTP2", "WebSocket", "Pattern", "Plan", "PlanFile", "PolicyFolder", "Policy", "Match", "Actions",
        "Balancer", "Relay", "TLS", "Audit",
    ]

    /// The modules that a Swift file imports.
    static func imports(_ text: String) -> Set<String> {
        var found: Set<String> = []
        for line in text.components(separatedBy: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let place = words.firstIndex(of: "import"), place < words.count - 1,
                words[..<place].allSatisfy({
                    ["public", "internal", "package", "private", "fileprivate", "@testable", "@preconcurrency"]
                        .contains($0)
                })
            else { continue }
            let kinds: Set = ["struct", "class", "enum", "func", "var", "let", "typealias", "protocol"]
            let name = kinds.contains(words[place + 1]) && words.count > place + 2 ? words[place + 2] : words[place + 1]
            found.insert(String(name.prefix { $0 != "." }))
        }
        return found
    }

    /// How often the word `unsafe` stands in code: not in comments, not in texts, not as a part of another word.
    static func unsafeUses(_ text: String) -> Int {
        text.components(separatedBy: "\n").reduce(0) { sum, line in
            let code = line.replacing(/"(\\.|[^"\\])*"/, with: "\"\"").components(separatedBy: "//")[0]
            return sum + code.matches(of: /(?<before>^|[^\w.])unsafe(?!\w)/).count
        }
    }
}
