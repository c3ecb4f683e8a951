/// Why profiles cannot be served: each line names the file, what is wrong with it and what to do.
public struct TLSConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    public let problems: [String]

    public init(_ problems: [String]) { self.problems = problems }

    public var description: String { problems.joined(separator: "\n") }
}
