internal import Bytes
public import HTTPModel

/// Parses request heads of HTTP/1.0 and HTTP/1.1 (RFC 9112 sections 2 to 6), strictly: it refuses what it could repair.
public enum RequestParser {
    /// Parses `bytes`, which run from the first byte of the request line through the empty line, into `head`.
    ///
    /// A head without end, such as one the scanner refused, can be given too: it is malformed, but what could be
    /// read of its request line is there to be logged.
    public static func parse(
        _ bytes: Span<UInt8>, scheme: Scheme, limits: HeadLimits, rules: RequestRules,
        into head: inout RequestHead
    ) -> RequestOutcome {
        head.reset()
        let isTooLarge = bytes.count > limits.head
        let kept = isTooLarge ? bytes.extracting(0..<limits.head) : bytes
        if !head.store(kept, scheme: scheme) { return .malformed(.requestHeadSize) }
        do throws(Reason) {
            let fields = try parseLine(kept, limits, &head)
            if isTooLarge { throw .requestHeadSize }
            try parseFields(kept, from: fields, limits, rules, &head)
            try head.settle(limits: limits, rules: rules)
            return .complete
        } catch {
            return .malformed(error)
        }
    }

    /// `method SP request-target SP HTTP-version CRLF`; returns where the fields begin.
    private static func parseLine(
        _ bytes: Span<UInt8>, _ limits: HeadLimits, _ head: inout RequestHead
    ) throws(Reason) -> Int {
        let methodEnd = try endOfMethod(bytes, limits)
        head.setMethod(0, methodEnd)
        let targetStart = methodEnd &+ 1
        let targetEnd = try endOfTarget(bytes, from: targetStart)
        head.setTarget(targetStart, targetEnd)
        if targetEnd &- targetStart > limits.target { throw .requestTargetSize }
        if bytes[targetEnd] != 0x20 { throw faultOfTarget(bytes, at: targetEnd) }
        if targetEnd == targetStart { throw .requestTarget }
        head.setVersion(minor: try parseVersion(bytes, from: targetEnd &+ 1))
        return targetEnd &+ 11
    }

    private static func endOfMethod(_ bytes: Span<UInt8>, _ limits: HeadLimits) throws(Reason) -> Int {
        let position = ByteSearch.firstNonToken(in: bytes, from: 0)
        if position > limits.method { throw .requestMethodUnsupported }
        if position == bytes.count { throw .requestHeadTruncated }
        if position == 0 { throw .requestNotHTTP }
        if bytes[position] != 0x20 { throw faultOfLine(bytes, at: position) ?? .requestMethod }
        return position
    }

    private static func endOfTarget(_ bytes: Span<UInt8>, from start: Int) throws(Reason) -> Int {
        let position = ByteSearch.firstNonVisible(in: bytes, from: start)
        if position == bytes.count { throw .requestHeadTruncated }
        return position
    }

    /// Why the target that ends at `position` is not followed by a space.
    private static func faultOfTarget(_ bytes: Span<UInt8>, at position: Int) -> Reason {
        // A whole line without a version is a request of HTTP/0.9.
        faultOfLine(bytes, at: position, whole: .requestVersion) ?? .requestTarget
    }

    /// The minor version of `HTTP/1.x` CRLF at `start`.
    private static func parseVersion(_ bytes: Span<UInt8>, from start: Int) throws(Reason) -> UInt8 {
        let end = start &+ 8
        if bytes.count < end &+ 2 {
            // A line that ends here is a whole one, with too short a version.
            let isWhole = ByteSearch.first(0x0a, in: bytes, from: start) < bytes.count
            throw isWhole ? .requestVersion : .requestHeadTruncated
        }
        let version = bytes.extracting(start..<end)
        if !ASCII.equal(version.extracting(0..<5), "HTTP/") || version[6] != 0x2e
            || !ASCII.isDigit(version[5]) || !ASCII.isDigit(version[7])
        {
            throw .requestVersion
        }
        if bytes[end] != 0x0d || bytes[end &+ 1] != 0x0a { throw faultOfLine(bytes, at: end) ?? .requestLine }
        if version[5] != 0x31 || version[7] > 0x31 { throw .requestVersionUnsupported }
        return version[7] &- 0x30
    }

    /// What is wrong at `position`, where the line ends too early or in a wrong way; nil when it does not end there.
    private static func faultOfLine(
        _ bytes: Span<UInt8>, at position: Int, whole: Reason = .requestLine
    ) -> Reason? {
        switch bytes[position] {
        case 0x0a: .requestLineBareLF
        case 0x0d: position &+ 1 < bytes.count && bytes[position &+ 1] == 0x0a ? whole : .requestLineBareCR
        default: nil
        }
    }

    private static func parseFields(
        _ bytes: Span<UInt8>, from start: Int, _ limits: HeadLimits, _ rules: RequestRules,
        _ head: inout RequestHead
    ) throws(Reason) {
        var position = start
        while !EmptyLine.stands(in: bytes, at: position) {
            let line: FieldLine
            do throws(FieldLine.Fault) {
                line = try FieldLine.parse(bytes, at: position, limits: limits)
            } catch {
                throw error.reasonInRequest
            }
            try head.append(line, limits: limits, rules: rules)
            position = line.end
        }
        // Bytes behind the empty line belong to the body; the caller cut in the wrong place.
        if position &+ 2 != bytes.count { throw .requestHeadTruncated }
    }
}
