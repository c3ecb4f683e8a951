/// Why a request was refused or failed.
///
/// ``code`` is a contract: it stands in the audit log, on the error page and in explanations, and does not change.
public enum Reason: UInt16, BitwiseCopyable, CaseIterable, Error, Sendable {
    /// Nothing was refused and nothing failed.
    case none

    // The request, as bytes.
    case requestNotHTTP, requestLine, requestLineBareCR, requestLineBareLF
    case requestMethod, requestMethodUnsupported, requestMethodConnect, requestMethodTrace
    case requestTarget, requestTargetSize, requestTargetAuthority, requestTargetScheme, requestTargetForm
    case requestVersion, requestVersionUnsupported
    case requestHeadSize, requestHeadTruncated
    case requestFieldName, requestFieldNameSize, requestFieldUnderscore, requestFieldColon, requestFieldFolded
    case requestFieldValue, requestFieldSize, requestFieldBareCR, requestFieldBareLF
    case requestFieldCount, requestFieldDuplicate
    case requestHostMissing, requestHostDuplicate, requestHostInvalid
    case requestLength, requestLengthDuplicate, requestLengthConflict
    case requestTransferEncoding, requestTransferEncodingVersion, requestTransferCoding
    case requestConnection, requestExpect
    case requestBodySize, requestBodyTruncated
    case requestChunk, requestChunkSize, requestChunkExtension, requestChunkBareLF
    case requestTrailer, requestTrailerField, requestTrailerSize
    case requestPseudoField, requestFieldUpperCase, requestFieldConnection, requestBodyLength

    // The connection of HTTP/2.
    case connectionPreface, connectionProtocol, connectionFrameSize, connectionFlowControl, connectionCompression
    case connectionExcess, streamProtocol, streamFlowControl, streamClosed, streamRefused

    // The path and the query.
    case pathCharacter, pathPercent, pathNUL, pathControl, pathBackslash, pathEncodedBackslash, pathEncodedSlash
    case pathParameter, pathEncoding, pathDotSegment, pathBeyondRoot, pathEmptySegment
    case queryCharacter, queryPercent

    // What the policy decides.
    case sniMismatch, siteUnknown, routeNone, routeMethod, routeFrom, routeUpgrade, routeDeny
    case routeMaintenance, ruleDeny
    case limitConnections, limitRate

    // The upstream.
    case upstreamUnavailable, upstreamConnect, upstreamConnectTimeout, upstreamTimeout, upstreamClosed, upstreamWrite
    case upstreamResponseHead, upstreamResponseVersion, upstreamResponseStatus, upstreamResponseSize
    case upstreamResponseField, upstreamResponseConnection, upstreamResponseFraming
    case upstreamResponseChunk, upstreamResponseTrailer, upstreamResponseTruncated, upstreamResponseUpgrade
    case upstreamReset, upstreamRefused, upstreamProtocol
    case poolQueue, poolQueueTimeout

    // Time and the client.
    case deadlineHandshake, deadlineHead, deadlineBody, deadlineIdle, deadlineWrite
    case clientClosed, clientReset

    // The appliance.
    case draining, auditFull, memory, workerLost, internalFault
}
