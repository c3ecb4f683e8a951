public import HTTPModel
public import Plan

extension TargetRules {
    /// The rules that a `target` block says.
    public init(_ settings: TargetSettings) {
        self.init()
        characters =
            switch settings.characters {
            case .standard: .standard
            case .browsers: .browsers
            case .visible: .visible
            }
        mergesSlashes = settings.duplicateSlashes == .merge
        refusesEmptySegments = settings.duplicateSlashes == .refuse
        allowsEncodedSlash = settings.encodedSlash == .keep
        allowsBackslash = settings.backslash == .keep
        allowsEncodedBackslash = settings.encodedBackslash == .keep
        allowsEncodedControls = settings.controls == .keep
        allowsInvalidPercent = settings.invalidPercent == .keep
        allowsInvalidPercentInQuery = settings.invalidPercentInQuery == .keep
        allowsParameters = settings.parameters == .keep
        allowsInvalidUTF8 = settings.overlong == .keep
        allowsDotSegmentsBeyondRoot = settings.beyondRoot == .keep
    }
}

extension HeadLimits {
    /// How large a request's head may be.
    public init(ofRequests limits: Limits) {
        self.init()
        head = Int(limits[.headSize])
        target = Int(limits[.target])
        fields = Int(limits[.fields])
        fieldValue = Int(limits[.field])
    }

    /// How large a response's head may be.
    public init(ofResponses limits: Limits) {
        self.init(ofRequests: limits)
        head = Int(limits[.responseHead])
        fieldValue = Int(limits[.responseHead])
    }
}
