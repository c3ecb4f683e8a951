/// What the base configuration of an engine says. What was not written is nil, and then the default of who runs the
/// rules holds.
public struct EngineSettings: Sendable {
    /// `SecRuleEngine`.
    public internal(set) var ruleEngine: EngineMode?

    /// `SecRequestBodyAccess`.
    public internal(set) var requestBodyAccess: Bool?

    /// `SecRequestBodyLimit`, in bytes.
    public internal(set) var requestBodyLimit: Int?

    /// `SecRequestBodyNoFilesLimit`, in bytes.
    public internal(set) var requestBodyNoFilesLimit: Int?

    /// `SecRequestBodyLimitAction`.
    public internal(set) var requestBodyLimitAction: LimitAction?

    /// `SecRequestBodyJsonDepthLimit`, in levels.
    public internal(set) var requestBodyJSONDepthLimit: Int?

    /// `SecArgumentsLimit`.
    public internal(set) var argumentsLimit: Int?

    /// `SecUploadFileLimit`, in files of one multipart body.
    public internal(set) var uploadFileLimit: Int?

    /// `SecParseXmlIntoArgs`.
    public internal(set) var parseXMLIntoArguments: XMLArguments?

    /// `SecResponseBodyAccess`.
    public internal(set) var responseBodyAccess: Bool?

    /// `SecResponseBodyLimit`, in bytes.
    public internal(set) var responseBodyLimit: Int?

    /// `SecResponseBodyLimitAction`.
    public internal(set) var responseBodyLimitAction: LimitAction?

    /// `SecResponseBodyMimeType`, in lower case: the types whose bodies are inspected. `(null)` stands for none.
    public internal(set) var responseBodyMimeTypes: [String]?

    /// `SecDisableBackendCompression`: upstreams are asked for uncompressed bodies.
    public internal(set) var disableBackendCompression: Bool?

    /// `SecArgumentSeparator`.
    public internal(set) var argumentSeparator: UInt8?

    /// `SecCookieFormat`.
    public internal(set) var cookieFormat: CookieFormat?

    /// `SecCookieV0Separator`.
    public internal(set) var cookieSeparator: UInt8?

    /// `SecUnicodeMapFile`.
    public internal(set) var unicodeMap: UnicodeMap?

    /// `SecCollectionTimeout`, in seconds.
    public internal(set) var collectionTimeout: Int?

    /// `SecAuditEngine`.
    public internal(set) var auditEngine: AuditMode?

    /// `SecAuditLogRelevantStatus`.
    public internal(set) var auditLogRelevantStatus: RegularExpression?

    /// `SecAuditLogParts`.
    public internal(set) var auditLogParts: Set<AuditLogPart>?

    /// `SecWebAppId`.
    public internal(set) var webApplicationID: String?

    /// `SecSensorId`.
    public internal(set) var sensorID: String?

    /// `SecComponentSignature`, each that was written.
    public internal(set) var componentSignatures: [String] = []

    /// Directives that are correct and change nothing, as the appliance has its own way for what they set.
    public internal(set) var withoutEffect: [DirectiveWithoutEffect] = []

    /// Nothing was written.
    public init() {}
}

/// A directive that is correct and changes nothing.
public struct DirectiveWithoutEffect: Sendable {
    /// Its name.
    public let name: String

    /// Why nothing changes.
    public let reason: String

    /// Where it stands.
    public let origin: RuleOrigin
}
