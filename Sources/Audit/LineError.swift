/// Why a line of the audit log cannot be read.
public enum LineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no JSON object (RFC 8259), or ends too early; `at` counts bytes from 1.
    case malformed(at: Int)

    /// It has more members than ``RecordLine/memberLimit``.
    case tooManyMembers

    /// A member that every record has is missing or has another type.
    case incomplete(String)

    public var description: String {
        switch self {
        case .malformed(let at): "not a whole JSON object (byte \(at))"
        case .tooManyMembers: "more than \(RecordLine.memberLimit) members"
        case .incomplete(let name): "no \"\(name)\" that can be read"
        }
    }
}
