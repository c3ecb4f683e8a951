import Bytes
import Plan

/// Finds texts that no canonical request can hold where they are compared, so that a condition would never be true.
enum ConstantCheck {
    /// What is wrong, and what to write.
    struct Problem {
        let message: String
        var hint: String?
    }

    /// Why a field never compares with `text`; nil when it may.
    static func problem(_ text: String, _ subject: Subject, _ comparator: Comparison.Operator) -> Problem? {
        let bytes = Array(text.utf8)
        if subject.isLowercased, bytes.contains(where: { ASCII.lowercased($0) != $0 }) {
            return Problem(
                message: "what is in lower case never has upper case", hint: "write \"\(lowercased(bytes))\"")
        }
        switch subject.field {
        case .path: return problem(path: bytes, text, comparator)
        case .host: return problem(host: bytes, text)
        case .scheme where isWhole(comparator) && text != "http" && text != "https":
            return Problem(message: "a scheme is http or https, never '\(text)'")
        case .method where !bytes.allSatisfy { ASCII.isToken($0) }:
            return Problem(message: "no method is called '\(text)'", hint: "write GET, or another method")
        case .method where isWhole(comparator) && MethodSet.bit(of: bytes.span) == nil:
            let upper = text.uppercased()
            let known = (0..<MethodSet.count).map { "\(MethodSet.name(of: $0))" }
            if known.contains(upper) {
                return Problem(message: "methods are compared with their letter case", hint: "write \(upper)")
            }
            return nil
        default: return nil
        }
    }

    private static func isWhole(_ comparator: Comparison.Operator) -> Bool {
        comparator == .equal || comparator == .notEqual || comparator == .isIn
    }

    private static func problem(path: [UInt8], _ text: String, _ comparator: Comparison.Operator) -> Problem? {
        let never = "requests never have the path '\(text)' after normalisation"
        let isFirst = isWhole(comparator) || comparator == .starts
        if isFirst && path.first != UInt8(ascii: "/") {
            return Problem(message: "a path begins with '/'", hint: "write \"/\(text)\"")
        }
        if path.contains(UInt8(ascii: "?")) {
            return Problem(message: "a path has no '?': the query is a field of its own", hint: "compare query besides")
        }
        if comparator == .starts || isWhole(comparator), text.hasSuffix("/*") {
            return Problem(
                message: "'*' stands for itself here", hint: "write starts \"\(text.dropLast())\"")
        }
        if isWhole(comparator) {
            return PlanText.isCanonicalPath(path) ? nil : Problem(message: never, hint: hint(path))
        }
        let isSound = path.allSatisfy { PlanText.isPathByte($0) || $0 == UInt8(ascii: "%") }
        if !isSound || text.contains("//") || text.contains("/../") || text.contains("/./") {
            return Problem(message: never, hint: hint(path))
        }
        return nil
    }

    private static func hint(_ path: [UInt8]) -> String? {
        if path.first != UInt8(ascii: "/") { return "paths are compared percent-encoded: a blank is %20" }
        let canonical = CanonicalText.path(path)
        return PlanText.isCanonicalPath(canonical) ? "write \"\(String(decoding: canonical, as: UTF8.self))\"" : nil
    }

    private static func problem(host: [UInt8], _ text: String) -> Problem? {
        if host.contains(where: { ASCII.lowercased($0) != $0 }) {
            return Problem(message: "hosts are compared in lower case", hint: "write \"\(lowercased(host))\"")
        }
        if text.hasPrefix("*.") {
            return Problem(message: "'*' stands for itself here", hint: "write ends \"\(text.dropFirst())\"")
        }
        if host.contains(where: { $0 == UInt8(ascii: "/") }) {
            return Problem(message: "a host has no '/'", hint: "compare path besides")
        }
        return nil
    }

    private static func lowercased(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { ASCII.lowercased($0) }, as: UTF8.self)
    }
}
