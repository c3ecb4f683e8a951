/// A collection that rules write to. The raw value is its name in the language.
public enum CollectionName: String, CaseIterable, Sendable {
    /// Lives as long as the exchange.
    case tx

    /// Of all clients; begins with `initcol:global`.
    case global

    /// Of one client address, or what `initcol:ip` says.
    case ip

    /// Of one resource; begins with `initcol:resource` or `setrsc`.
    case resource

    /// Of one session; begins with `setsid`.
    case session

    /// Of one user; begins with `setuid`.
    case user

    /// Whether it outlives the exchange.
    public var isPersistent: Bool { self != .tx }
}
