public import HTTPModel

/// What became of a head that was framed: its end was found.
public enum ParseOutcome: BitwiseCopyable, Equatable, Sendable {
    /// The head is valid and can be matched and forwarded.
    case complete
    /// The head is refused. What could be read of it is there to be logged, never to be forwarded, and the
    /// connection cannot be used any more.
    case malformed(Reason)
}

/// The outcome of ``RequestParser``.
public typealias RequestOutcome = ParseOutcome

/// The outcome of ``ResponseParser``.
public typealias ResponseOutcome = ParseOutcome
