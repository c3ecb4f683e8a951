/// Whether rules run and what they may do.
public enum EngineMode: String, CaseIterable, Sendable {
    /// They do not run.
    case off = "Off"

    /// They run and are logged, and disrupt nothing.
    case detectionOnly = "DetectionOnly"

    /// They run and may disrupt.
    case on = "On"
}

/// Which exchanges are written to the audit log.
public enum AuditMode: String, CaseIterable, Sendable {
    /// None.
    case off = "Off"

    /// Those in which a rule that logs has matched, and those whose status is relevant.
    case relevantOnly = "RelevantOnly"

    /// All.
    case on = "On"
}

/// What happens to a body beyond its limit.
public enum LimitAction: String, CaseIterable, Sendable {
    /// It is refused.
    case reject = "Reject"

    /// What is within the limit is inspected, the rest passes.
    case processPartial = "ProcessPartial"
}

/// Whether the contents of XML documents become arguments.
public enum XMLArguments: String, CaseIterable, Sendable {
    /// They do not.
    case off = "Off"

    /// They do, and `XML` is there too.
    case on = "On"

    /// They do, and `XML` is not there.
    case onlyArguments = "OnlyArgs"
}

/// How cookies are read.
public enum CookieFormat: Int, CaseIterable, Sendable {
    /// As Netscape described them.
    case netscape = 0

    /// As RFC 2965 did.
    case version1 = 1
}

/// A part of ModSecurity's audit log. The raw value is its letter.
public enum AuditLogPart: Character, CaseIterable, Sendable {
    /// What identifies the record.
    case header = "A"

    /// The request's fields.
    case requestHeaders = "B"

    /// The request's body.
    case requestBody = "C"

    /// Reserved.
    case intermediateResponseHeaders = "D"

    /// The response body as the server sent it.
    case intermediateResponseBody = "E"

    /// The response's fields.
    case responseHeaders = "F"

    /// Reserved.
    case responseBody = "G"

    /// What the rules found.
    case trailer = "H"

    /// The request's body without uploaded files.
    case compactRequestBody = "I"

    /// What was uploaded.
    case files = "J"

    /// The rules that matched.
    case matchedRules = "K"

    /// The end of the record; always there.
    case end = "Z"
}
