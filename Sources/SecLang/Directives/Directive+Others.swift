// The directives of ModSecurity and Apache that have no effect, or that are refused, with the reasons.
extension Directive {
    private static let auditLog = "audit records are written as the policy's audit block says"
    private static let compiled = "regular expressions take linear time here and need no limit"
    private static let debugLog = "there is no debug log; 'masugata explain' shows what rules do"
    private static let memory = "bodies and collections are held in memory"
    private static let identity = "how the appliance calls itself is decided by the policy"

    /// Directives that are correct and change nothing, by their names in lower case, with the documented name and the
    /// reason.
    static let withoutEffect: [String: (name: String, reason: String)] = {
        var table: [String: (name: String, reason: String)] = [:]
        for (name, reason) in idle { table[name.lowercased()] = (name, reason) }
        return table
    }()

    static let idle: [String: String] = [
        "SecAuditLog": auditLog, "SecAuditLog2": auditLog, "SecAuditLogDirMode": auditLog,
        "SecAuditLogFileMode": auditLog, "SecAuditLogFormat": auditLog, "SecAuditLogStorageDir": auditLog,
        "SecAuditLogType": auditLog, "SecCacheTransformations": "transformed values are always shared between rules",
        "SecDataDir": memory, "SecDebugLog": debugLog, "SecDebugLogLevel": debugLog,
        "SecGeoLookupDb": "there is no look-up of countries in rules", "SecPcreMatchLimit": compiled,
        "SecPcreMatchLimitRecursion": compiled, "SecRequestBodyInMemoryLimit": memory,
        "SecRequestEncoding": "mod_security2 does nothing with it either",
        "SecRulePerfTime": "how long rules take is always counted",
        "SecStatusEngine": "nothing is sent to anybody", "SecTmpDir": memory, "SecTmpSaveUploadedFiles": memory,
        "SecUploadDir": memory, "SecUploadFileMode": memory, "SecUploadKeepFiles": memory,
    ]

    /// Why a directive is refused; nil for names that are not known.
    static func refusal(of text: String) -> String? { refusedByName[text.lowercased()] }

    private static let refusedByName: [String: String] = {
        var table: [String: String] = [:]
        for (name, reason) in refused { table[name.lowercased()] = reason }
        return table
    }()

    private static let connections = "how many connections a client may have is decided by the policy's limits"
    private static let hash = "there is no hash engine that signs links"
    private static let rewriting = "bodies are inspected, and never rewritten by rules"
    private static let remote = "rules are files; nothing is fetched from the network"
    private static let context = "which rules hold where is decided by the policy's sites and routes"

    static let refused: [String: String] = [
        "SecChrootDir": "every process already has an empty root",
        "SecConnEngine": connections, "SecConnReadStateLimit": connections, "SecConnWriteStateLimit": connections,
        "SecContentInjection": rewriting, "SecGsbLookupDb": remote, "SecGuardianLog": "no programs are started",
        "SecHashEngine": hash, "SecHashKey": hash, "SecHashMethodPm": hash, "SecHashMethodRx": hash,
        "SecHashParam": hash,
        "SecHttpBlKey": remote,
        "SecInterceptOnError": "what happens when rules cannot be run is decided by the policy's waf block",
        "SecReadStateLimit": connections, "SecRemoteRules": remote, "SecRemoteRulesFailAction": remote,
        "SecRuleInheritance": context,
        "SecRuleScript": "the process that runs rules starts no scripts; write the check as SecRule",
        "SecServerSignature": identity, "SecStreamInBodyInspection": rewriting, "SecStreamOutBodyInspection": rewriting,
        "SecUnicodeCodePage": "the code page is the second word of SecUnicodeMapFile",
        "SecUploadVerify": "no programs are started",
        "SecWriteStateLimit": connections,
    ]
}
