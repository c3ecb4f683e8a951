/// Answers on the control socket that several requests share.
enum Status {
    static func error(_ text: String) -> JSON { .object([("ok", .flag(false)), ("error", .text(text))]) }

    /// - Parameter notice: what of the policy is not in force yet; empty when all of it is.
    static func reloaded(_ generation: UInt32, notice: String) -> JSON {
        var members: [(String, JSON)] = [("ok", .flag(true)), ("generation", .number(UInt64(generation)))]
        if !notice.isEmpty { members.append(("notice", .text(notice))) }
        return .object(members)
    }
}
