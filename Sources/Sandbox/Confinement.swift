/// What a process did to itself.
public struct Confinement: Equatable, Sendable {
    /// The Landlock version in force (1 to 7), 0 when the kernel has none.
    public let landlock: UInt8

    /// System call filters added.
    public let filters: UInt8

    /// What should be and could not be, one sentence each for the operator; empty where all of it could.
    public let missing: [String]
}
