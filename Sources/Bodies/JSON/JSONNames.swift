/// How the leaves of a JSON text are named.
public enum JSONNames: UInt8, Sendable, Equatable {
    /// As mod_security2: keys with dots between them, `a.b`. The elements of an array have the array's own name once
    /// more, `a.a`; those of an array at the top are `array.array`; a value alone has an empty name.
    case plain
    /// As libmodsecurity3: the same below `json`, elements numbered: `json.a.b`, `json.a.array_0`, `json.array_0`.
    case rooted
}
