/// How often each item of the language is written in the rule files of the two rule sets, counted by another program.
enum CoreRuleSetCounts {
    /// An item with its uses in 4.28.0 and in Debian's 3.3.4.
    typealias Count = (item: String, upstream: Int, debian: Int)

    static let directives: [Count] = [
        ("SecRule", 695, 790),
        ("SecMarker", 30, 40),
        ("SecRuleUpdateTargetById", 55, 0),
        ("SecAction", 7, 9),
        ("SecComponentSignature", 1, 1),
    ]

    static let variables: [Count] = [
        ("TX", 290, 312),
        ("REQUEST_COOKIES", 166, 241),
        ("ARGS", 191, 195),
        ("ARGS_NAMES", 189, 127),
        ("XML", 351, 128),
        ("REQUEST_COOKIES_NAMES", 165, 111),
        ("REQUEST_HEADERS", 166, 109),
        ("REQUEST_FILENAME", 61, 116),
        ("RESPONSE_BODY", 59, 29),
        ("REQUEST_BODY", 19, 17),
        ("REQUEST_METHOD", 8, 17),
        ("REQUEST_URI", 3, 21),
        ("MATCHED_VARS", 12, 3),
        ("FILES", 9, 5),
        ("IP", 0, 13),
        ("REQUEST_LINE", 7, 5),
        ("REQUEST_BASENAME", 5, 6),
        ("MULTIPART_PART_HEADERS", 5, 4),
        ("REQUEST_URI_RAW", 7, 1),
        ("FILES_NAMES", 4, 3),
        ("REQBODY_PROCESSOR", 5, 2),
        ("RESPONSE_HEADERS", 7, 0),
        ("REQUEST_HEADERS_NAMES", 3, 3),
        ("MATCHED_VAR", 3, 2),
        ("REMOTE_ADDR", 2, 3),
        ("ARGS_GET", 2, 2),
        ("REQUEST_PROTOCOL", 2, 2),
        ("RESPONSE_STATUS", 2, 2),
        ("ARGS_COMBINED_SIZE", 1, 1),
        ("ARGS_GET_NAMES", 1, 1),
        ("FILES_COMBINED_SIZE", 1, 1),
        ("QUERY_STRING", 1, 1),
        ("UNIQUE_ID", 1, 1),
        ("DURATION", 0, 1),
        ("GEO", 0, 1),
        ("MATCHED_VARS_NAMES", 0, 1),
        ("REQUEST_BODY_LENGTH", 1, 0),
    ]

    static let modifiers: [Count] = [
        ("selector name", 431, 469),
        ("selector regex", 8, 136),
        ("selector XPath", 351, 128),
        ("! exclusion", 28, 130),
        ("& count", 50, 104),
    ]

    static let operators: [Count] = [
        ("@rx", 297, 247),
        ("@lt", 189, 189),
        ("@eq", 49, 120),
        ("@endsWith", 3, 62),
        ("@ge", 42, 22),
        ("@streq", 7, 35),
        ("!@rx", 21, 18),
        ("@pmFromFile", 20, 19),
        ("@gt", 15, 13),
        ("@contains", 4, 18),
        ("@pm", 10, 4),
        ("!@within", 6, 6),
        ("@validateByteRange", 5, 6),
        ("!@endsWith", 3, 5),
        ("!@eq", 4, 4),
        ("@within", 3, 3),
        ("@ipMatch", 2, 3),
        ("!@pm", 2, 2),
        ("!@streq", 2, 2),
        ("@detectSQLi", 2, 2),
        ("@detectXSS", 2, 2),
        ("@validateUrlEncoding", 1, 2),
        ("!@contains", 0, 2),
        ("!@lt", 1, 1),
        ("@validateUtf8Encoding", 1, 1),
        ("!@beginsWith", 1, 0),
        ("!@pmFromFile", 1, 0),
        ("!@validateByteRange", 1, 0),
        ("@geoLookup", 0, 1),
        ("@rbl", 0, 1),
        ("@unconditionalMatch", 1, 0),
    ]

    static let transformations: [Count] = [
        ("none", 431, 492),
        ("urlDecodeUni", 140, 119),
        ("lowercase", 46, 52),
        ("htmlEntityDecode", 35, 34),
        ("jsDecode", 37, 25),
        ("utf8toUnicode", 32, 30),
        ("removeNulls", 27, 26),
        ("cssDecode", 23, 22),
        ("cmdLine", 13, 7),
        ("removeWhitespace", 11, 3),
        ("replaceComments", 9, 2),
        ("normalizePath", 8, 5),
        ("compressWhitespace", 5, 4),
        ("escapeSeqDecode", 7, 0),
        ("normalizePathWin", 4, 2),
        ("urlDecode", 0, 6),
        ("length", 3, 2),
        ("base64Decode", 3, 1),
        ("hexEncode", 2, 2),
        ("sha1", 2, 2),
        ("removeCommentsChar", 1, 0),
    ]

    static let actions: [Count] = [
        ("tag", 3088, 1898),
        ("t", 839, 836),
        ("id", 629, 633),
        ("phase", 629, 633),
        ("setvar", 683, 545),
        ("ver", 629, 435),
        ("pass", 278, 395),
        ("nolog", 276, 380),
        ("msg", 355, 257),
        ("severity", 346, 245),
        ("block", 345, 231),
        ("logdata", 331, 226),
        ("ctl", 10, 537),
        ("capture", 279, 200),
        ("skipAfter", 206, 217),
        ("chain", 73, 166),
        ("log", 8, 23),
        ("expirevar", 0, 20),
        ("noauditlog", 5, 15),
        ("multiMatch", 8, 4),
        ("deny", 6, 5),
        ("initcol", 2, 2),
        ("status", 2, 2),
        ("auditlog", 1, 1),
        ("drop", 0, 2),
    ]

    static let controls: [Count] = [
        ("ruleRemoveTargetById", 0, 202),
        ("ruleRemoveTargetByTag", 1, 169),
        ("auditLogParts", 0, 110),
        ("ruleRemoveById", 1, 46),
        ("ruleRemoveByTag", 3, 2),
        ("auditEngine", 2, 2),
        ("forceRequestBodyVariable", 2, 2),
        ("ruleEngine", 0, 3),
        ("requestBodyProcessor", 1, 1),
    ]

    static let assignments: [Count] = [
        ("TX +=", 611, 442),
        ("TX =", 72, 67),
        ("IP =", 0, 31),
        ("IP +=", 0, 3),
        ("IP unset", 0, 2),
    ]

    static let phases: [Count] = [
        ("2", 292, 389),
        ("1", 172, 146),
        ("4", 109, 58),
        ("3", 43, 24),
        ("5", 13, 16),
    ]

    static let macros: [Count] = [
        ("TX", 931, 699),
        ("MATCHED_VAR", 269, 222),
        ("MATCHED_VAR_NAME", 297, 194),
        ("RULE", 0, 10),
        ("IP", 0, 5),
        ("ARGS", 3, 1),
        ("REMOTE_ADDR", 1, 2),
        ("REQUEST_LINE", 1, 1),
        ("REQUEST_HEADERS", 1, 0),
    ]

    static let operatorMacros: [Count] = [
        ("TX", 27, 26),
        ("REQUEST_HEADERS", 2, 2),
        ("ARGS", 1, 0),
    ]
}
