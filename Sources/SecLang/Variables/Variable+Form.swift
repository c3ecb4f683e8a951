extension Variable {
    /// How a variable can be asked for.
    public enum Form: Sendable {
        /// It has one value and takes no selector.
        case single

        /// It has values with names; a selector chooses among them.
        case collection

        /// It is a collection of which a selector must name the value.
        case selected
    }

    /// How it can be asked for.
    public var form: Form {
        switch self {
        case .arguments, .argumentsGet, .argumentsGetNames, .argumentsNames, .argumentsPost, .argumentsPostNames,
            .files, .filesNames, .filesSizes, .matchedVariables, .matchedVariablesNames, .multipartFilename,
            .multipartName, .multipartPartHeaders, .requestCookies, .requestCookiesNames, .requestHeaders,
            .requestHeadersNames, .responseHeaders, .responseHeadersNames, .geography, .global, .address, .resource,
            .session, .transaction, .user:
            .collection
        case .rule, .xml: .selected
        default: .single
        }
    }

    /// The variable that `text`, in any case, names.
    static func named(_ text: String) -> Variable? { byName[text.uppercased()] }

    private static let byName: [String: Variable] = {
        var table: [String: Variable] = [:]
        for variable in allCases { table[variable.rawValue] = variable }
        return table
    }()

    /// Why a variable of ModSecurity is not supported; nil for names that it does not know.
    static func refusal(of text: String) -> String? { refused[text.uppercased()] }

    /// The names for which there is a nearest one.
    static let names = allCases.map(\.rawValue) + refused.keys.sorted()

    private static let script = "behind a reverse proxy there is no script or file of this host"
    private static let stream = "bodies are inspected, and never rewritten by rules"
    private static let uploads = "uploads are inspected in memory and never become files"
    private static let login = "who is logged in is not known to the rules; the policy decides about logins"
    private static let times = "how long rules take is counted by the appliance itself"

    private static let refused: [String: String] = [
        "AUTH_TYPE": login, "REMOTE_USER": login,
        "ENV": "the process that runs rules has no environment",
        "FILES_TMPNAMES": uploads, "FILES_TMP_CONTENT": uploads,
        "MSC_PCRE_ERROR": "regular expressions take linear time here and have no errors while they run",
        "PATH_INFO": script,
        "PERF_ALL": times, "PERF_COMBINED": times, "PERF_GC": times, "PERF_LOGGING": times, "PERF_PHASE1": times,
        "PERF_PHASE2": times, "PERF_PHASE3": times, "PERF_PHASE4": times, "PERF_PHASE5": times, "PERF_RULES": times,
        "PERF_SREAD": times, "PERF_SWRITE": times,
        "REMOTE_HOST": "names of clients are not looked up",
        "SCRIPT_BASENAME": script, "SCRIPT_FILENAME": script, "SCRIPT_GID": script, "SCRIPT_GROUPNAME": script,
        "SCRIPT_MODE": script, "SCRIPT_UID": script, "SCRIPT_USERNAME": script,
        "SDBM_DELETE_ERROR": "collections are held in memory, not in SDBM files",
        "STREAM_INPUT_BODY": stream, "STREAM_OUTPUT_BODY": stream,
        "WEBSERVER_ERROR_LOG": "there is no error log of a web server",
    ]
}
