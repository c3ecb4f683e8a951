/// A named list of texts: `list bad_bots { "curl" }`, or its lines from a file.
public struct TextList: Equatable, Sendable {
    /// The name in the policy.
    public var name: String

    /// The texts, none of which is empty or stands there twice.
    public var texts: [[UInt8]]

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// The list `name` of these texts.
    public init(name: String, texts: [[UInt8]], position: SourcePosition = SourcePosition()) {
        self.name = name
        self.texts = texts
        self.position = position
    }
}
