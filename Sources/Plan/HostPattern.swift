/// The hosts that a site or a certificate is for. Names are in lower case and have no final dot.
public enum HostPattern: Hashable, Sendable {
    /// This host: a name, an IPv4 address, or an IPv6 address in brackets.
    case exact(String)

    /// `*.` and this name: exactly one label stands for the asterisk (RFC 9525 section 6.3).
    case wildcard(String)

    /// Every host that no other pattern names.
    case any
}

extension HostPattern: CustomStringConvertible {
    /// The pattern as the policy writes it.
    public var description: String {
        switch self {
        case .exact(let name): name
        case .wildcard(let name): "*.\(name)"
        case .any: "*"
        }
    }
}
