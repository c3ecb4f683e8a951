extension FuzzTarget {
    /// All targets.
    public static let all: [FuzzTarget] = [
        FuzzTarget("http1-request", RequestTarget.examine),
        FuzzTarget("http1-response", ResponseTarget.examine),
        FuzzTarget("chunked", ChunkedTarget.examine),
        FuzzTarget("hpack", HPACKTarget.examine),
        FuzzTarget("http2-frames", FrameTarget.examine),
        FuzzTarget("http2-server", HTTP2Target.examineServer),
        FuzzTarget("http2-client", HTTP2Target.examineClient),
        FuzzTarget("websocket", WebSocketTarget.examine),
        FuzzTarget("canonical", CanonicalTarget.examine),
        FuzzTarget("policy", PolicyTarget.examine),
        FuzzTarget("plan-image", PlanImageTarget.examine),
        FuzzTarget("pattern", PatternTarget.examine),
        FuzzTarget("field-edits", FieldEditTarget.examine),
    ]

    /// The target with this name.
    public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
