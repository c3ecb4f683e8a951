/// How bad it is, as syslog counts (RFC 5424 section 6.2.1): lower is worse.
public enum Severity: Int, CaseIterable, Sendable {
    /// The system is unusable.
    case emergency = 0

    /// Something must be done at once.
    case alert

    /// Critical; what the Core Rule Set calls an attack.
    case critical

    /// An error.
    case error

    /// A warning.
    case warning

    /// Normal, but worth a note.
    case notice

    /// For information.
    case info

    /// For those who look for errors.
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
