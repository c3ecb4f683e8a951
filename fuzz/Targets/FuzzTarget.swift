/// A property that holds for any input whatever, to be tried by a fuzzer and, with the inputs that once broke it, by
/// the tests.
public struct FuzzTarget: Sendable {
    /// The name of the target, which is that of its folders in `fuzz/corpus` and `fuzz/cases`.
    public let name: String

    /// Examines an input. A trap is a failure as well.
    public let examine: @Sendable (Span<UInt8>) throws(Contradiction) -> Void

    init(_ name: String, _ examine: @escaping @Sendable (Span<UInt8>) throws(Contradiction) -> Void) {
        self.name = name
        self.examine = examine
    }
}

/// What must not be so and is.
public struct Contradiction: Error, CustomStringConvertible {
    /// A sentence that says what holds and must not.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Fails with `description` unless `condition` holds.
func require(_ condition: Bool, _ description: @autoclosure () -> String) throws(Contradiction) {
    if !condition { throw Contradiction(description()) }
}
