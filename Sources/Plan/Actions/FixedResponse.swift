/// An answer that stands in the policy.
public struct FixedResponse: Equatable, Sendable {
    /// The status, 200 to 599; 204 and 304 have no body.
    public var status: UInt16

    /// The media type of the body.
    public var type: String

    /// The body; at most ``PlanBounds/page`` bytes.
    public var body: [UInt8]

    /// The answer of these parts.
    public init(status: UInt16 = 200, type: String = "text/plain; charset=utf-8", body: [UInt8] = []) {
        self.status = status
        self.type = type
        self.body = body
    }
}
