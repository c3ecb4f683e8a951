internal import Bytes
public import HTTPModel

/// Parses response heads of HTTP/1.0 and HTTP/1.1 (RFC 9112 sections 4 to 6), as strictly as requests are parsed.
public enum ResponseParser {
    /// Parses `bytes`, which run from the first byte of the status line through the empty line, into `head`.
    ///
    /// - Parameter requestMethod: the method of the request that is answered: it decides whether a body follows.
    public static func parse(
        _ bytes: Span<UInt8>, requestMethod: Method, limits: HeadLimits, into head: inout ResponseHead
    ) -> ResponseOutcome {
        head.reset()
        if bytes.count > limits.head || !head.store(bytes) { return .malformed(.upstreamResponseSize) }
        do throws(Reason) {
            let fields = try parseLine(bytes, limits, &head)
            try parseFields(bytes, from: fields, limits, &head)
            try head.settle(requestMethod: requestMethod, limits: limits)
            return .complete
        } catch {
            return .malformed(error)
        }
    }

    /// `HTTP-version SP status-code SP [ reason-phrase ] CRLF`; returns where the fields begin.
    private static func parseLine(
        _ bytes: Span<UInt8>, _ limits: HeadLimits, _ head: inout ResponseHead
    ) throws(Reason) -> Int {
        // `HTTP/1.1 200 ` and CRLF are 15 bytes.
        if bytes.count < 15 || !ASCII.equal(bytes.extracting(0..<5), "HTTP/") || bytes[6] != 0x2e {
            throw .upstreamResponseHead
        }
        if bytes[5] != 0x31 || bytes[7] &- 0x30 > 1 { throw .upstreamResponseVersion }
        if bytes[8] != 0x20 || bytes[12] != 0x20 { throw .upstreamResponseHead }
        let status = try parseStatus(bytes)
        let end = try endOfPhrase(bytes, from: 13)
        if end &- 13 > limits.reasonPhrase { throw .upstreamResponseSize }
        head.setStatus(status, minor: bytes[7] &- 0x30, reason: 13, end)
        return end &+ 2
    }

    private static func parseStatus(_ bytes: Span<UInt8>) throws(Reason) -> UInt16 {
        var status: UInt16 = 0
        for index in 9..<12 {
            if !ASCII.isDigit(bytes[index]) { throw .upstreamResponseStatus }
            status = status &* 10 &+ UInt16(bytes[index] &- 0x30)
        }
        if status < 100 || status > 599 { throw .upstreamResponseStatus }
        return status
    }

    /// Where the CRLF stands that ends the reason phrase.
    private static func endOfPhrase(_ bytes: Span<UInt8>, from start: Int) throws(Reason) -> Int {
        var position = ByteSearch.firstControl(in: bytes, from: start)
        while position < bytes.count && bytes[position] == 0x09 {
            position = ByteSearch.firstControl(in: bytes, from: position &+ 1)
        }
        if !EmptyLine.stands(in: bytes, at: position) { throw .upstreamResponseHead }
        return position
    }

    private static func parseFields(
        _ bytes: Span<UInt8>, from start: Int, _ limits: HeadLimits, _ head: inout ResponseHead
    ) throws(Reason) {
        var position = start
        while !EmptyLine.stands(in: bytes, at: position) {
            let line: FieldLine
            do throws(FieldLine.Fault) {
                line = try FieldLine.parse(bytes, at: position, limits: limits)
            } catch {
                throw error.reasonInResponse
            }
            try head.append(line, limits: limits)
            position = line.end
        }
        if position &+ 2 != bytes.count { throw .upstreamResponseHead }
    }
}
