/// What rules look at, by ModSecurity's names. The raw value is the name as the language writes it, in upper case.
public enum Variable: String, CaseIterable, Sendable {
    // One value.

    /// Bytes of the names and values of all arguments.
    case argumentsCombinedSize = "ARGS_COMBINED_SIZE"

    /// Milliseconds since the request began.
    case duration = "DURATION"

    /// Bytes of all uploaded files.
    case filesCombinedSize = "FILES_COMBINED_SIZE"

    /// The request line, the header and the body.
    case fullRequest = "FULL_REQUEST"

    /// Bytes of ``fullRequest``.
    case fullRequestLength = "FULL_REQUEST_LENGTH"

    /// The severity of the worst rule that has matched; 255 when none has.
    case highestSeverity = "HIGHEST_SEVERITY"

    /// 1 when the request body is longer than its limit.
    case inboundDataError = "INBOUND_DATA_ERROR"

    /// The value that was matched last.
    case matchedVariable = "MATCHED_VAR"

    /// The name of what was matched last, as `ARGS:a`.
    case matchedVariableName = "MATCHED_VAR_NAME"

    /// A number for the version of the engine.
    case modSecurityBuild = "MODSEC_BUILD"

    /// 1 when a regular expression was given up; never, as all take linear time.
    case patternLimitsExceeded = "MSC_PCRE_LIMITS_EXCEEDED"

    /// 1 when the boundary stands in quotes.
    case multipartBoundaryQuoted = "MULTIPART_BOUNDARY_QUOTED"

    /// 1 when there is white space in the boundary.
    case multipartBoundaryWhitespace = "MULTIPART_BOUNDARY_WHITESPACE"

    /// 1 when lines end in CRLF and in LF alone.
    case multipartCRLFLFLines = "MULTIPART_CRLF_LF_LINES"

    /// 1 when there is something behind the last part.
    case multipartDataAfter = "MULTIPART_DATA_AFTER"

    /// 1 when there is something before the first part.
    case multipartDataBefore = "MULTIPART_DATA_BEFORE"

    /// 1 when there are more files than the limit.
    case multipartFileLimitExceeded = "MULTIPART_FILE_LIMIT_EXCEEDED"

    /// 1 when a header of a part is folded.
    case multipartHeaderFolding = "MULTIPART_HEADER_FOLDING"

    /// 1 when a header of a part is folded as it may not be.
    case multipartInvalidHeaderFolding = "MULTIPART_INVALID_HEADER_FOLDING"

    /// 1 when a part has no name, or is none.
    case multipartInvalidPart = "MULTIPART_INVALID_PART"

    /// 1 when single quotes, or quotes in quotes, stand in a header of a part.
    case multipartInvalidQuoting = "MULTIPART_INVALID_QUOTING"

    /// 1 when a line ends in LF alone.
    case multipartLFLine = "MULTIPART_LF_LINE"

    /// 1 when a semicolon is missing before a parameter.
    case multipartMissingSemicolon = "MULTIPART_MISSING_SEMICOLON"

    /// 1 when any of the multipart flags is 1.
    case multipartStrictError = "MULTIPART_STRICT_ERROR"

    /// 1 when a line looks like a boundary and is none.
    case multipartUnmatchedBoundary = "MULTIPART_UNMATCHED_BOUNDARY"

    /// 1 when the response body is longer than its limit.
    case outboundDataError = "OUTBOUND_DATA_ERROR"

    /// The query as it was received.
    case queryString = "QUERY_STRING"

    /// The address of the client.
    case remoteAddress = "REMOTE_ADDR"

    /// The port of the client.
    case remotePort = "REMOTE_PORT"

    /// 1 when the request body could not be read.
    case requestBodyError = "REQBODY_ERROR"

    /// Why the request body could not be read.
    case requestBodyErrorMessage = "REQBODY_ERROR_MSG"

    /// The name of what reads the request body.
    case requestBodyProcessor = "REQBODY_PROCESSOR"

    /// The same as ``requestBodyError``.
    case requestBodyProcessorError = "REQBODY_PROCESSOR_ERROR"

    /// The same as ``requestBodyErrorMessage``.
    case requestBodyProcessorErrorMessage = "REQBODY_PROCESSOR_ERROR_MSG"

    /// What stands behind the last slash of the path.
    case requestBasename = "REQUEST_BASENAME"

    /// The request body, for forms and where it is forced.
    case requestBody = "REQUEST_BODY"

    /// Bytes of the request body.
    case requestBodyLength = "REQUEST_BODY_LENGTH"

    /// The path, without the query.
    case requestFilename = "REQUEST_FILENAME"

    /// The request line.
    case requestLine = "REQUEST_LINE"

    /// The method.
    case requestMethod = "REQUEST_METHOD"

    /// The protocol, as `HTTP/1.1`.
    case requestProtocol = "REQUEST_PROTOCOL"

    /// The path with the query, without scheme and host.
    case requestURI = "REQUEST_URI"

    /// The target as it was received.
    case requestURIRaw = "REQUEST_URI_RAW"

    /// The response body, of the types that are inspected.
    case responseBody = "RESPONSE_BODY"

    /// Bytes of the response body.
    case responseContentLength = "RESPONSE_CONTENT_LENGTH"

    /// The type of the response body.
    case responseContentType = "RESPONSE_CONTENT_TYPE"

    /// The protocol of the response.
    case responseProtocol = "RESPONSE_PROTOCOL"

    /// The status code.
    case responseStatus = "RESPONSE_STATUS"

    /// The address at which the request came in.
    case serverAddress = "SERVER_ADDR"

    /// The host that the request names.
    case serverName = "SERVER_NAME"

    /// The port at which the request came in.
    case serverPort = "SERVER_PORT"

    /// The key of ``session``.
    case sessionID = "SESSIONID"

    /// The status line.
    case statusLine = "STATUS_LINE"

    /// The time of day, as `12:34:56`.
    case time = "TIME"

    /// The day of the month, from 1.
    case timeDay = "TIME_DAY"

    /// Seconds since 1970-01-01 00:00 UTC.
    case timeEpoch = "TIME_EPOCH"

    /// The hour, from 0.
    case timeHour = "TIME_HOUR"

    /// The minute, from 0.
    case timeMinute = "TIME_MIN"

    /// The month, from 0, as in mod_security2.
    case timeMonth = "TIME_MON"

    /// The second, from 0.
    case timeSecond = "TIME_SEC"

    /// The day of the week, from 0, which is Sunday.
    case timeWeekday = "TIME_WDAY"

    /// The year, with four digits.
    case timeYear = "TIME_YEAR"

    /// The id of the exchange.
    case uniqueID = "UNIQUE_ID"

    /// 1 when an argument is not encoded as it should be.
    case urlEncodedError = "URLENCODED_ERROR"

    /// The same as ``remoteAddress``.
    case userAgentIP = "USERAGENT_IP"

    /// The key of ``user``.
    case userID = "USERID"

    /// What `SecWebAppId` says.
    case webApplicationID = "WEBAPPID"

    // Several values, each with a name.

    /// The values of all arguments.
    case arguments = "ARGS"

    /// The values of the arguments of the query.
    case argumentsGet = "ARGS_GET"

    /// The names of the arguments of the query.
    case argumentsGetNames = "ARGS_GET_NAMES"

    /// The names of all arguments.
    case argumentsNames = "ARGS_NAMES"

    /// The values of the arguments of the body.
    case argumentsPost = "ARGS_POST"

    /// The names of the arguments of the body.
    case argumentsPostNames = "ARGS_POST_NAMES"

    /// The names that uploaded files have at the client.
    case files = "FILES"

    /// The names of the fields of uploaded files.
    case filesNames = "FILES_NAMES"

    /// Bytes of each uploaded file.
    case filesSizes = "FILES_SIZES"

    /// The values that the last rule matched.
    case matchedVariables = "MATCHED_VARS"

    /// The names of what the last rule matched.
    case matchedVariablesNames = "MATCHED_VARS_NAMES"

    /// The `filename` of each part.
    case multipartFilename = "MULTIPART_FILENAME"

    /// The `name` of each part.
    case multipartName = "MULTIPART_NAME"

    /// The header lines of each part, by the name of the part.
    case multipartPartHeaders = "MULTIPART_PART_HEADERS"

    /// The values of the cookies.
    case requestCookies = "REQUEST_COOKIES"

    /// The names of the cookies.
    case requestCookiesNames = "REQUEST_COOKIES_NAMES"

    /// The values of the request's fields.
    case requestHeaders = "REQUEST_HEADERS"

    /// The names of the request's fields.
    case requestHeadersNames = "REQUEST_HEADERS_NAMES"

    /// The values of the response's fields.
    case responseHeaders = "RESPONSE_HEADERS"

    /// The names of the response's fields.
    case responseHeadersNames = "RESPONSE_HEADERS_NAMES"

    /// What `@geoLookup` found.
    case geography = "GEO"

    /// The collection of all clients.
    case global = "GLOBAL"

    /// The collection of a client address.
    case address = "IP"

    /// The collection of a resource.
    case resource = "RESOURCE"

    /// The collection of a session.
    case session = "SESSION"

    /// The collection of the exchange.
    case transaction = "TX"

    /// The collection of a user.
    case user = "USER"

    // Never without a selector.

    /// What the rule itself says: `id`, `rev`, `severity`, `logdata`, `msg`.
    case rule = "RULE"

    /// What is selected by XPath in a body of XML.
    case xml = "XML"
}
