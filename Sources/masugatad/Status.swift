/// Answers on the control socket that several requests share.
enum Status {
    static func error(_ text: String) -> JSON { .object([("ok", .flag(false)), ("error", .text(text))]) }

    static func reloaded(_ generation: UInt32) -> JSON {
        .object([("ok", .flag(true)), ("generation", .number(UInt64(generation)))])
    }
}

/// Clients that wait until every process has told its counters.
struct StatusRequest {
    var clients: [UInt64]
    /// Microseconds, monotonic.
    let deadline: UInt64

    /// How long the counters may take, microseconds.
    static let patience: UInt64 = 1_000_000
}

/// The product.
enum Product {
    static let version = "0.1.0"
}
