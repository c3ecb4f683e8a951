extension SystemCallPolicy {
    /// The rules of `profile`, as they were built into this program.
    /// - Throws: the file and the line that is wrong.
    public init(of profile: Profile) throws(SandboxError) {
        try self.init(text: String(decoding: profile.systemCalls, as: UTF8.self), file: "\(profile.name).systemcalls")
    }

    /// Reads the text of a file of rules. `file` is for errors alone.
    /// - Throws: the first line that is wrong, and what is wrong with it.
    public init(text: String, file: String) throws(SandboxError) {
        var rules: [Rule] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(Mistake) {
                guard let rule = try Rule(line: line, number: index + 1) else { continue }
                try Self.check(rule, against: rules)
                rules.append(rule)
            } catch {
                throw SandboxError(
                    "\(file):\(index + 1)", error.text, remedy: "correct the line under policies/sandbox")
            }
        }
        self.rules = rules
    }

    /// What is wrong with a line.
    struct Mistake: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    private static func check(_ rule: Rule, against rules: [Rule]) throws(Mistake) {
        for other in rules where other.name == rule.name {
            if other.conditions == rule.conditions {
                throw Mistake("'\(rule.name)' stands here as in line \(other.line)")
            }
            if other.conditions.isEmpty || rule.conditions.isEmpty {
                throw Mistake(
                    "'\(rule.name)' is conditional here or in line \(other.line), and unconditional in the other")
            }
        }
    }
}

extension SystemCallPolicy.Rule {
    /// The rule in `line`; nil when it is empty or a comment alone.
    init?(line: Substring, number: Int) throws(SystemCallPolicy.Mistake) {
        let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let rule = parts[0].words
        if rule.isEmpty { return nil }
        let reason = parts.count > 1 ? parts[1].words.joined(separator: " ") : ""
        if reason.isEmpty { throw SystemCallPolicy.Mistake("no reason: write '# why' behind the rule") }
        guard SystemCallFilter.knows(rule[0]) else {
            throw SystemCallPolicy.Mistake("'\(rule[0])' is no system call")
        }
        var rest = rule.dropFirst()
        name = rule[0]
        answer = try Self.answer(&rest)
        conditions = try Self.conditions(rest.joined(separator: " "), of: name)
        self.reason = reason
        self.line = number
    }

    /// Takes `-> ERROR` off the end.
    private static func answer(_ words: inout ArraySlice<String>) throws(SystemCallPolicy.Mistake) -> Int32? {
        guard let arrow = words.firstIndex(of: "->") else { return nil }
        let names = Array(words[(arrow + 1)...])
        guard names.count == 1, let code = KernelNames.errors[names[0]] else {
            throw SystemCallPolicy.Mistake("'->' wants one known error such as EACCES")
        }
        words = words[..<arrow]
        return code
    }

    private static func conditions(
        _ text: String, of call: String
    ) throws(SystemCallPolicy.Mistake) -> [SystemCallPolicy.Condition] {
        if text.isEmpty { return [] }
        var conditions: [SystemCallPolicy.Condition] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let condition = try SystemCallPolicy.Condition(part.words, of: call)
            if conditions.contains(where: { $0.argument == condition.argument }) {
                throw SystemCallPolicy.Mistake("two conditions on one argument: write two rules")
            }
            conditions.append(condition)
        }
        return conditions
    }
}

extension SystemCallPolicy.Condition {
    /// The condition in `words`: argument, comparison, value.
    init(_ words: [String], of call: String) throws(SystemCallPolicy.Mistake) {
        guard words.count >= 3 else {
            throw SystemCallPolicy.Mistake("a condition reads 'argument == value', or within, without, with")
        }
        guard let argument = KernelNames.argument(words[0], of: call) else {
            throw SystemCallPolicy.Mistake("'\(words[0])' is no argument of \(call) that conditions know")
        }
        self.argument = argument.place
        isNarrow = argument.isNarrow
        comparison =
            switch words[1] {
            case "==": .equal
            case "within": .within
            case "without": .without
            case "with": .with
            default: throw SystemCallPolicy.Mistake("'\(words[1])' is no comparison: write ==, within, without or with")
            }
        value = try Self.value(words[2...].joined())
    }

    private static func value(_ text: String) throws(SystemCallPolicy.Mistake) -> UInt64 {
        var value: UInt64 = 0
        for name in text.split(separator: "|", omittingEmptySubsequences: false) {
            guard let constant = KernelNames.constants[String(name)] ?? UInt64(name) else {
                throw SystemCallPolicy.Mistake("'\(name)' is no known constant and no number")
            }
            value |= constant
        }
        return value
    }
}

extension Substring {
    /// The runs between blanks and tabs.
    fileprivate var words: [String] { split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init) }
}
