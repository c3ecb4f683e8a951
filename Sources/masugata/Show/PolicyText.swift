import Plan
import Policy

/// What stands in a plan, as a policy writes it.
struct PolicyText {
    let plan: Plan

    /// Bytes in quotes, with the escapes of the language.
    static func quoted(_ bytes: [UInt8]) -> String { quoted(String(decoding: bytes, as: UTF8.self)) }

    /// A text in quotes, with the escapes of the language.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Values in brackets, or the one value that there is.
    static func list(_ values: [String]) -> String {
        values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]"
    }

    func pool(_ number: Int) -> String { "pool.\(plan.pools[number].name)" }

    func networks(_ numbers: [Int]) -> String { PolicyText.list(numbers.map { plan.networks[$0].name }) }

    func page(_ number: Int) -> String { PolicyText.quoted(plan.pages[number].file) }

    /// `line 3`, or `FILE:3` in a file that is included.
    func place(_ position: SourcePosition) -> String {
        let file = Int(position.file)
        return file > 0 && file < plan.sources.count
            ? "\(plan.sources[file]):\(position.line)" : "line \(position.line)"
    }

    func redirect(_ redirect: Redirect) -> String {
        let target = redirect.target.map { part in
            switch part {
            case .text(let text): String(decoding: text, as: UTF8.self)
            case .host: "{host}"
            case .path: "{path}"
            case .query: "{query}"
            }
        }.joined()
        return "\(PolicyText.quoted(target))  status = \(redirect.status)"
    }

    func response(_ response: FixedResponse) -> String {
        let body = response.body.count <= 60 ? PolicyText.quoted(response.body) : "\(response.body.count) bytes"
        return "status = \(response.status)  type = \(PolicyText.quoted(response.type))  body = \(body)"
    }

    /// A rule without its name.
    func rule(_ rule: Rule) -> String {
        let condition = rule.condition.map { " when \(self.condition($0))" } ?? ""
        let action =
            switch rule.action {
            case .deny(let status, let page):
                "deny\(condition)  status = \(status)" + (page.map { "  page = \(self.page($0))" } ?? "")
            case .allow: "allow\(condition)"
            case .redirect(let redirect): "redirect\(condition)  to = \(self.redirect(redirect))"
            case .respond(let response): "respond\(condition)  \(self.response(response))"
            case .log: "log\(condition)"
            }
        return action + (rule.note.map { "  reason = \(PolicyText.quoted($0))" } ?? "")
    }

    /// The beginning of a rule: what it does, its name, and when.
    func head(of rule: Rule) -> String {
        let verb =
            switch rule.action {
            case .deny: "deny"
            case .allow: "allow"
            case .redirect: "redirect"
            case .respond: "respond"
            case .log: "log"
            }
        return "\(verb) \(PolicyText.quoted(rule.name))" + (rule.condition.map { " when \(condition($0))" } ?? "")
    }

    func edit(_ edit: HeaderEdit) -> String {
        let name = PolicyText.quoted(edit.name)
        return switch edit.operation {
        case .set: "set \(name) = \(PolicyText.quoted(edit.value))"
        case .add: "add \(name) = \(PolicyText.quoted(edit.value))"
        case .remove: "remove \(name)"
        }
    }

    func split(_ split: Split) -> String {
        let shares = split.shares.map { "\(pool($0.pool)) \(WrittenNumber.percentage(UInt64($0.portion)))" }
        let key =
            switch split.key {
            case .cookie(let name): "cookie[\(PolicyText.quoted(name))]"
            case .header(let name): "header[\(PolicyText.quoted(name))]"
            case .client: "client"
            case .random: "random"
            }
        let forced = split.forced.map { "\(PolicyText.quoted($0.value)) = \(pool($0.pool))" }
        return "[\(shares.joined(separator: ", "))]  by = \(key)"
            + (forced.isEmpty ? "" : "  force { \(forced.joined(separator: "  ")) }")
    }
}
