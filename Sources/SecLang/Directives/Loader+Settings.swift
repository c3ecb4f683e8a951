// The base configuration. What is written twice holds as it was written last, as in Apache.
extension Loader {
    /// Reads a directive that sets something.
    mutating func set(_ directive: Directive, _ arguments: [PlacedText]) {
        let words = WordParser(log: log)
        let text = arguments.first ?? PlacedText(at: 0)
        switch directive {
        case .secRuleEngine: settings.ruleEngine = words.choice(text, EngineMode.self)
        case .secRequestBodyAccess: settings.requestBodyAccess = words.flag(text)
        case .secRequestBodyLimit: settings.requestBodyLimit = words.number(text, 1...Int.max)
        case .secRequestBodyNoFilesLimit: settings.requestBodyNoFilesLimit = words.number(text, 1...Int.max)
        case .secRequestBodyLimitAction: settings.requestBodyLimitAction = words.choice(text, LimitAction.self)
        case .secRequestBodyJSONDepthLimit: settings.requestBodyJSONDepthLimit = words.number(text, 1...Int.max)
        case .secArgumentsLimit: settings.argumentsLimit = words.number(text, 1...Int.max)
        case .secUploadFileLimit: settings.uploadFileLimit = words.number(text, 0...Int.max)
        case .secParseXMLIntoArguments: settings.parseXMLIntoArguments = words.choice(text, XMLArguments.self)
        case .secResponseBodyAccess: settings.responseBodyAccess = words.flag(text)
        case .secResponseBodyLimit: settings.responseBodyLimit = words.number(text, 1...Int.max)
        case .secResponseBodyLimitAction: settings.responseBodyLimitAction = words.choice(text, LimitAction.self)
        case .secResponseBodyMIMEType:
            settings.responseBodyMimeTypes = (settings.responseBodyMimeTypes ?? []) + arguments.map(\.word)
        case .secResponseBodyMIMETypesClear: settings.responseBodyMimeTypes = []
        case .secDisableBackendCompression: settings.disableBackendCompression = words.flag(text)
        case .secArgumentSeparator: settings.argumentSeparator = words.byte(text)
        case .secCookieFormat: settings.cookieFormat = words.number(text, 0...1).flatMap(CookieFormat.init(rawValue:))
        case .secCookieV0Separator: settings.cookieSeparator = words.byte(text)
        case .secUnicodeMapFile: unicodeMap(arguments)
        case .secCollectionTimeout: settings.collectionTimeout = words.number(text, 1...2_592_000)
        case .secAuditEngine: settings.auditEngine = words.choice(text, AuditMode.self)
        case .secAuditLogRelevantStatus: settings.auditLogRelevantStatus = relevantStatus(text)
        case .secAuditLogParts: settings.auditLogParts = words.auditLogParts(text)
        case .secWebApplicationID: settings.webApplicationID = text.string
        case .secSensorID: settings.sensorID = text.string
        case .secComponentSignature: settings.componentSignatures.append(text.string)
        case .secXMLExternalEntity: refuseEntities(text)
        default: break
        }
    }

    private mutating func unicodeMap(_ arguments: [PlacedText]) {
        guard arguments.count == 2 else {
            return log.error(
                arguments[0], "SecUnicodeMapFile does not say which code page of the file",
                hint: "add its number, as in SecUnicodeMapFile unicode.mapping 20127")
        }
        guard let page = WordParser(log: log).number(arguments[1], 1...99_999), let file = access.text(of: arguments[0])
        else { return }
        settings.unicodeMap = UnicodeMap(file.bytes, codePage: page)
        if settings.unicodeMap == nil {
            log.error(arguments[1], "the code page \(page) is not in \(arguments[0].string), or is not readable there")
        }
    }

    /// The pattern that ModSecurity recommends, `^(?:5|4(?!04))`, looks ahead; it is taken all the same, as there are
    /// only so many codes to try.
    private func relevantStatus(_ text: PlacedText) -> RegularExpression? {
        OperandParser(log: log).regularExpression(text, options: .ofSelections)
    }

    private func refuseEntities(_ text: PlacedText) {
        guard WordParser(log: log).flag(text) == true else { return }
        log.error(text, "external entities of XML are never fetched", hint: "write Off")
    }
}
