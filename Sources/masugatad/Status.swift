/// Answers on the control socket that several requests share.
enum Status {
    static func error(_ text: String) -> JSON { .object([("ok", .flag(false)), ("error", .text(text))]) }

    static func reloaded(_ generation: UInt32) -> JSON {
        .object([("ok", .flag(true)), ("generation", .number(UInt64(generation)))])
    }
}
