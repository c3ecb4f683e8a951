extension StaticString {
    /// The literal's UTF-8 bytes, which live as long as the program.
    @inlinable
    public var bytes: Span<UInt8> {
        @_lifetime(immortal) get {
            precondition(hasPointerRepresentation)
            let span = unsafe Span(_unsafeStart: utf8Start, count: utf8CodeUnitCount)
            return unsafe _overrideLifetime(span, borrowing: ())
        }
    }
}
