/// A `test` block of a policy: requests, and what is expected of each. It is no part of the plan's image: whoever
/// compiles a policy can run it, in the code that serves.
public struct PolicyTest: Equatable, Sendable {
    /// A request with what is expected of it.
    public struct Step: Equatable, Sendable {
        /// The request.
        public var request: TestRequest

        /// What is expected, in the order of the policy; at least one thing.
        public var expectations: [Expectation]

        /// The step of these parts.
        public init(request: TestRequest, expectations: [Expectation]) {
            self.request = request
            self.expectations = expectations
        }
    }

    /// What it shows, as written.
    public var name: String

    /// The number of the site it stands in; nil when it stands outside of all sites.
    public var site: Int?

    /// The requests, each judged by itself.
    public var steps: [Step]

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A test of these parts.
    public init(name: String, site: Int? = nil, steps: [Step], position: SourcePosition = SourcePosition()) {
        self.name = name
        self.site = site
        self.steps = steps
        self.position = position
    }
}
