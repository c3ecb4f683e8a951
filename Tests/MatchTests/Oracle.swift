import HTTPModel
import Match
import Plan

/// The conditions of a plan once more, slow and obvious: over strings and arrays, by what the types of the plan say.
struct Oracle {
    let plan: Plan
    let request: SampleRequest

    func holds(_ condition: Condition) -> Bool {
        var accumulator = false
        var index = 0
        while index < condition.steps.count {
            switch condition.steps[index] {
            case .test(let number): accumulator = holds(condition.comparisons[number])
            case .not: accumulator = !accumulator
            case .jumpIfFalse(let target) where !accumulator:
                index = target
                continue
            case .jumpIfTrue(let target) where accumulator:
                index = target
                continue
            case .jumpIfFalse, .jumpIfTrue: break
            }
            index += 1
        }
        return accumulator
    }

    private func holds(_ comparison: Comparison) -> Bool {
        let subject = comparison.subject
        let values = values(of: subject.field)
        if comparison.comparator == .exists { return !values.isEmpty }
        if subject.measure == .count { return holds(comparison, .number(UInt64(values.count))) }
        let measured = values.map { value -> Value in
            guard case .bytes(let bytes) = value else { return value }
            if subject.measure == .length { return .number(UInt64(bytes.count)) }
            return .bytes(subject.isLowercased ? bytes.map(Oracle.lowercased) : bytes)
        }
        return comparison.quantifier == .all
            ? measured.allSatisfy { holds(comparison, $0) } : measured.contains { holds(comparison, $0) }
    }

    // MARK: Values

    private enum Value {
        case bytes([UInt8])
        case number(UInt64)
        case address(IPAddress)
    }

    private func values(of field: RequestField) -> [Value] {
        switch field {
        case .path: [text(request.path)]
        case .query: [text(request.query ?? "")]
        case .method: [text(request.method)]
        case .host: [text(request.host)]
        case .scheme: [text(request.scheme == .https ? "https" : "http")]
        case .port: [.number(UInt64(request.port ?? (request.scheme == .https ? 443 : 80)))]
        case .client: [.address(request.client)]
        case .tlsVersion: request.tlsVersion.map { [.number(UInt64($0.rawValue))] } ?? []
        case .length: request.length == -1 ? [] : [.number(UInt64(request.length ?? 0))]
        case .time: [.number(UInt64(localTime % 86_400))]
        case .weekday: [.number(weekday)]
        case .queryParameter(let name): parameters.filter { $0.name == name }.map { .bytes($0.value) }
        case .header(let name):
            headers.filter { $0.name == String(decoding: name, as: UTF8.self) }.map { text($0.value) }
        case .cookie(let name): cookies.filter { $0.name == name }.map { .bytes($0.value) }
        }
    }

    private func text(_ text: String) -> Value { .bytes(Array(text.utf8)) }

    /// The fields by lower-case name, but for those that `Connection` names.
    private var headers: [(name: String, value: String)] {
        var all = [(name: "host", value: request.host + (request.port.map { ":\($0)" } ?? ""))]
        all += request.fields.map { ($0.name.lowercased(), $0.value) }
        if let length = request.length {
            all.append(length < 0 ? ("transfer-encoding", "chunked") : ("content-length", "\(length)"))
        }
        let nominated = all.filter { $0.name == "connection" }.map { $0.value.lowercased() }
        return all.filter { !nominated.contains($0.name) }
    }

    private var parameters: [(name: [UInt8], value: [UInt8])] {
        (request.query ?? "").utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(Array(parts[0])), parts.count == 2 ? decoded(Array(parts[1])) : [])
        }
    }

    private func decoded(_ text: [UInt8]) -> [UInt8] {
        guard let first = text.first else { return [] }
        if first == UInt8(ascii: "+") { return [0x20] + decoded(Array(text.dropFirst())) }
        if first == UInt8(ascii: "%"), text.count >= 3,
            let byte = UInt8(String(decoding: text[1...2], as: UTF8.self), radix: 16), text[1] != UInt8(ascii: "+")
        {
            return [byte] + decoded(Array(text.dropFirst(3)))
        }
        return [first] + decoded(Array(text.dropFirst()))
    }

    private var cookies: [(name: [UInt8], value: [UInt8])] {
        headers.filter { $0.name == "cookie" }.flatMap { line in
            line.value.utf8.split(separator: UInt8(ascii: ";")).map { pair in
                let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                return (trimmed(Array(parts[0])), parts.count == 2 ? trimmed(Array(parts[1])) : [])
            }
        }
    }

    private func trimmed(_ text: [UInt8]) -> [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        return Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
    }

    private var localTime: Int64 {
        let time = Int64(request.time)
        let offset = plan.zone.transitions.last { $0.start <= time }?.offset ?? plan.zone.transitions[0].offset
        return time + Int64(offset)
    }

    /// 1970-01-01 was a Thursday, the fourth day.
    private var weekday: UInt64 { [4, 5, 6, 7, 1, 2, 3][Int(localTime / 86_400 % 7)] }

    // MARK: Comparing

    private func holds(_ comparison: Comparison, _ value: Value) -> Bool {
        switch value {
        case .bytes(let bytes): holds(comparison, bytes)
        case .number(let number): holds(comparison, number)
        case .address(let address): holds(comparison.operand, address)
        }
    }

    private func holds(_ comparison: Comparison, _ value: [UInt8]) -> Bool {
        let texts: [[UInt8]]
        switch comparison.operand {
        case .text(let text): texts = [text]
        case .texts(let several): texts = several
        case .list(let number): texts = plan.lists[number].texts
        case .pattern(let source): return Oracle.patterns[String(decoding: source, as: UTF8.self)]!(value)
        default: return false
        }
        return switch comparison.comparator {
        case .equal, .isIn: texts.contains(value)
        case .notEqual: !texts.contains(value)
        case .starts: texts.contains { value.starts(with: $0) }
        case .ends: texts.contains { value.reversed().starts(with: $0.reversed()) }
        case .contains:
            texts.contains { text in value.indices.contains { value[$0...].starts(with: text) } }
        default: false
        }
    }

    private func holds(_ comparison: Comparison, _ value: UInt64) -> Bool {
        if case .ranges(let ranges) = comparison.operand { return ranges.contains { $0.contains(value) } }
        guard case .number(let operand) = comparison.operand else { return false }
        return switch comparison.comparator {
        case .equal: value == operand
        case .notEqual: value != operand
        case .less: value < operand
        case .lessOrEqual: value <= operand
        case .greater: value > operand
        case .greaterOrEqual: value >= operand
        default: false
        }
    }

    private func holds(_ operand: Comparison.Operand, _ address: IPAddress) -> Bool {
        guard case .addresses(let networks, let blocks) = operand else { return false }
        return (networks.flatMap { plan.networks[$0].blocks } + blocks).contains { $0.contains(address) }
    }

    /// Regular expressions, and what they mean.
    static let patterns: [String: @Sendable ([UInt8]) -> Bool] = [
        "ab": { bytes in bytes.indices.contains { bytes[$0...].starts(with: Array("ab".utf8)) } },
        "^/a": { $0.starts(with: Array("/a".utf8)) },
        "b$": { $0.last == UInt8(ascii: "b") },
        "^[ab]+$": { !$0.isEmpty && $0.allSatisfy { $0 == UInt8(ascii: "a") || $0 == UInt8(ascii: "b") } },
        "a.b": { bytes in
            bytes.indices.contains {
                $0 + 2 < bytes.count && bytes[$0] == UInt8(ascii: "a") && bytes[$0 + 2] == UInt8(ascii: "b")
            }
        },
    ]
}
