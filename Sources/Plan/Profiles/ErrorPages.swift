/// An `errors` block, with a name or within a site or route: the pages for refusals and failures, by status.
public struct ErrorPages: Equatable, Sendable {
    /// The page for a status.
    public struct Entry: BitwiseCopyable, Equatable, Sendable {
        /// The status, 400 to 599.
        public var status: UInt16

        /// The number of the page in the plan.
        public var page: Int

        /// The page `page` for `status`.
        public init(status: UInt16, page: Int) {
            self.status = status
            self.page = page
        }
    }

    /// The name in the policy; nil for pages that stand within a site or route.
    public var name: String?

    /// The pages, each status at most once.
    public var entries: [Entry]

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// Pages of these parts.
    public init(name: String? = nil, entries: [Entry], position: SourcePosition = SourcePosition()) {
        self.name = name
        self.entries = entries
        self.position = position
    }
}

/// A page that the appliance answers with, from a file.
public struct Page: Equatable, Sendable {
    /// The file, as written in the policy.
    public var file: String

    /// The media type, by the ending of the file's name.
    public var type: String

    /// What is in the file; at most ``PlanBounds/page`` bytes.
    public var body: [UInt8]

    /// The page of these parts.
    public init(file: String, type: String, body: [UInt8]) {
        self.file = file
        self.type = type
        self.body = body
    }
}
