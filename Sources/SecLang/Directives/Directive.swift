/// The directives that are read. The raw value is the name as the documentation writes it.
enum Directive: String, CaseIterable {
    // Rules

    case secRule = "SecRule"
    case secAction = "SecAction"
    case secMarker = "SecMarker"
    case secDefaultAction = "SecDefaultAction"

    // Removals and updates

    case secRuleRemoveByID = "SecRuleRemoveById"
    case secRuleRemoveByMessage = "SecRuleRemoveByMsg"
    case secRuleRemoveByTag = "SecRuleRemoveByTag"
    case secRuleUpdateActionByID = "SecRuleUpdateActionById"
    case secRuleUpdateTargetByID = "SecRuleUpdateTargetById"
    case secRuleUpdateTargetByMessage = "SecRuleUpdateTargetByMsg"
    case secRuleUpdateTargetByTag = "SecRuleUpdateTargetByTag"

    // Files

    case include = "Include"
    case includeOptional = "IncludeOptional"

    // Settings of the engine

    case secArgumentSeparator = "SecArgumentSeparator"
    case secArgumentsLimit = "SecArgumentsLimit"
    case secAuditEngine = "SecAuditEngine"
    case secAuditLogParts = "SecAuditLogParts"
    case secAuditLogRelevantStatus = "SecAuditLogRelevantStatus"
    case secCollectionTimeout = "SecCollectionTimeout"
    case secComponentSignature = "SecComponentSignature"
    case secCookieFormat = "SecCookieFormat"
    case secCookieV0Separator = "SecCookieV0Separator"
    case secDisableBackendCompression = "SecDisableBackendCompression"
    case secParseXMLIntoArguments = "SecParseXmlIntoArgs"
    case secRequestBodyAccess = "SecRequestBodyAccess"
    case secRequestBodyJSONDepthLimit = "SecRequestBodyJsonDepthLimit"
    case secRequestBodyLimit = "SecRequestBodyLimit"
    case secRequestBodyLimitAction = "SecRequestBodyLimitAction"
    case secRequestBodyNoFilesLimit = "SecRequestBodyNoFilesLimit"
    case secResponseBodyAccess = "SecResponseBodyAccess"
    case secResponseBodyLimit = "SecResponseBodyLimit"
    case secResponseBodyLimitAction = "SecResponseBodyLimitAction"
    case secResponseBodyMIMEType = "SecResponseBodyMimeType"
    case secResponseBodyMIMETypesClear = "SecResponseBodyMimeTypesClear"
    case secRuleEngine = "SecRuleEngine"
    case secSensorID = "SecSensorId"
    case secUnicodeMapFile = "SecUnicodeMapFile"
    case secUploadFileLimit = "SecUploadFileLimit"
    case secWebApplicationID = "SecWebAppId"
    case secXMLExternalEntity = "SecXmlExternalEntity"

    /// The directive that `text`, in any case, names.
    static func named(_ text: String) -> Directive? { byName[text.lowercased()] }

    private static let byName: [String: Directive] = {
        var table: [String: Directive] = [:]
        for directive in allCases { table[directive.rawValue.lowercased()] = directive }
        return table
    }()

    /// The names for which there is a nearest one.
    static let names = allCases.map(\.rawValue) + idle.keys.sorted() + refused.keys.sorted()

    /// How many arguments there are.
    var arguments: ClosedRange<Int> {
        switch self {
        case .secRule: 2...3
        case .secRuleUpdateActionByID: 2...2
        case .secRuleUpdateTargetByID, .secRuleUpdateTargetByMessage, .secRuleUpdateTargetByTag: 2...3
        case .secUnicodeMapFile: 1...2
        case .secRuleRemoveByID, .secResponseBodyMIMEType: 1...SecLangBounds.arguments
        case .secResponseBodyMIMETypesClear: 0...0
        default: 1...1
        }
    }
}
