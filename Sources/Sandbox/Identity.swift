/// Who a process is to be once it is confined.
public struct Identity: Equatable, Sendable {
    /// Whether the process was started without root: then a user namespace of its own gives it the right to make the
    /// other namespaces, and it keeps its user.
    public var userNamespace: Bool

    /// The user to become, if started by root.
    public var user: UInt32

    /// The group to become, if started by root.
    public var group: UInt32

    /// The identity of these parts.
    public init(userNamespace: Bool, user: UInt32, group: UInt32) {
        self.userNamespace = userNamespace
        self.user = user
        self.group = group
    }
}
