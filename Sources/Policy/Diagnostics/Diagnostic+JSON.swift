extension Diagnostic {
    /// The diagnostic as one JSON object (RFC 8259) on one line.
    public var json: String {
        var members = [
            "\"severity\":\(Diagnostic.quoted(severity.rawValue))",
            "\"file\":\(Diagnostic.quoted(fileName))",
            "\"line\":\(line)",
            "\"column\":\(column)",
            "\"length\":\(length)",
            "\"message\":\(Diagnostic.quoted(message))",
        ]
        if let hint { members.append("\"hint\":\(Diagnostic.quoted(hint))") }
        members.append("\"text\":\(Diagnostic.quoted(text))")
        return "{\(members.joined(separator: ","))}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if isHarmful(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
