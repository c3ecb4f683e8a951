/// Why a file is no map of a code page.
public enum UnicodeMapError: Error, Equatable, Sendable {
    /// No line names the code page.
    case missing(codePage: Int)

    /// An entry is not `HHHH:HH`.
    case malformed(line: Int)

    /// What is wrong and what to do, for the operator.
    public var message: String {
        switch self {
        case .missing(let codePage):
            "code page \(codePage) is not in the file; name one that is, such as 20127"
        case .malformed(let line):
            "line \(line) has an entry that is not four hexadecimal digits, a colon and two hexadecimal digits"
        }
    }
}
