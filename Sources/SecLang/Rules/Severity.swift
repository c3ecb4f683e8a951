/// How bad it is, as syslog counts (RFC 5424 section 6.2.1): lower is worse.
public enum Severity: Int, CaseIterable, Sendable {
    case emergency = 0
    case alert
    case critical
    case error
    case warning
    case notice
    case info
    case debug

    /// The name in the language.
    public var name: String { Severity.names[rawValue] }

    /// The names in the order of the numbers.
    static let names = ["EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"]

    /// The severity that a name, in any case, or a number says.
    static func named(_ text: String) -> Severity? {
        if let index = names.firstIndex(of: text.uppercased()) { return Severity(rawValue: index) }
        return text.utf8.count == 1 ? Int(text).flatMap(Severity.init(rawValue:)) : nil
    }
}
