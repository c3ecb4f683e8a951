/// How the whole test came out, or one attempt; later cases are worse.
enum Verdict: Int, Comparable {
    /// No way out.
    case held
    /// The attempt could not be made.
    case unclear
    /// A way out.
    case escaped

    static func < (one: Verdict, other: Verdict) -> Bool { one.rawValue < other.rawValue }

    var exitCode: Int32 {
        switch self {
        case .held: 0
        case .escaped: 1
        case .unclear: 2
        }
    }
}
