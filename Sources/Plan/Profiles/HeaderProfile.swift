/// A `headers` block, with a name or within a site or route: changes of fields on their way to upstreams and clients.
///
/// Fields that belong to a connection or to framing (RFC 9110 section 7.6.1) can not be changed.
public struct HeaderProfile: Equatable, Sendable {
    /// The name in the policy; nil for one that stands within a site or route.
    public var name: String?

    /// Changes of the request, in the order of the policy, after the appliance's own fields were written.
    public var request: [HeaderEdit]

    /// Changes of the response, in the order of the policy, after ``hide`` and before ``secure``.
    public var response: [HeaderEdit]

    /// Names of fields that no response of an upstream keeps, as written.
    public var hide: [String]

    /// Fields that tell browsers to be careful; nil adds none.
    public var secure: SecureHeaders?

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A profile of these parts.
    public init(
        name: String? = nil, request: [HeaderEdit] = [], response: [HeaderEdit] = [], hide: [String] = [],
        secure: SecureHeaders? = nil, position: SourcePosition = SourcePosition()
    ) {
        self.name = name
        self.request = request
        self.response = response
        self.hide = hide
        self.secure = secure
        self.position = position
    }
}
