internal import Bytes

/// The authority and the target: the only place that reads them.
extension RequestHead {
    /// Reads the Host field.
    mutating func settleHost() throws(Reason) {
        guard let index = firstIndex(of: .host) else { throw .requestHostMissing }
        let range = fields.slot(index).valueRange
        guard let authority = RequestHead.parseAuthority(fields, range, to: &canonical, at: 0) else {
            throw .requestHostInvalid
        }
        hostCount = authority.hostCount
        portNumber = authority.port
    }

    /// Splits the target and makes its path canonical.
    mutating func settleTarget(limits: HeadLimits, rules: TargetRules) throws(Reason) {
        let start = targetRange.start
        let end = targetRange.end
        if start == end { throw .requestTarget }
        if end &- start > limits.target { throw .requestTargetSize }
        let first = fields.bytes[start]
        if first == 0x2f {
            form = .origin
            try settlePath(from: start, limits: limits, rules: rules)
        } else if first == 0x2a && end &- start == 1 {
            if method != .options { throw .requestTargetForm }
            settleAsterisk()
        } else {
            try settleAbsolute(limits: limits, rules: rules)
        }
    }

    /// `*`, also as the empty path of an absolute-form OPTIONS (RFC 9112 section 3.2.4).
    private mutating func settleAsterisk() {
        form = .asterisk
        canonical[RequestHead.pathStart] = 0x2a
        pathCount = 1
    }

    /// `http://host:port/path?query`: the scheme must be the connection's, the authority that of the Host field.
    private mutating func settleAbsolute(limits: HeadLimits, rules: TargetRules) throws(Reason) {
        form = .absolute
        guard let start = try endOfScheme() else { throw .requestTarget }
        var end = start
        while end < targetRange.end && fields.bytes[end] != 0x2f && fields.bytes[end] != 0x3f { end &+= 1 }
        try settleAbsoluteAuthority(StoredRange(start, end))
        if end == targetRange.end && method == .options {
            settleAsterisk()
        } else {
            try settlePath(from: end, limits: limits, rules: rules)
        }
    }

    /// Where the authority of the absolute-form target begins; nil when no `http://` or `https://` stands before it.
    private func endOfScheme() throws(Reason) -> Int? {
        let target = rawTarget
        let colon = ByteSearch.first(0x3a, in: target, from: 0)
        if target.count &- colon < 3 || target[colon &+ 1] != 0x2f || target[colon &+ 2] != 0x2f { return nil }
        let name = target.extracting(0..<colon)
        if !ASCII.equalIgnoringCase(name, scheme.text) {
            let isWeb = ASCII.equalIgnoringCase(name, "http") || ASCII.equalIgnoringCase(name, "https")
            throw isWeb ? .requestTargetScheme : .requestTarget
        }
        return targetRange.start &+ colon &+ 3
    }

    /// Compares the authority in `range` with the Host field, or takes it where an HTTP/1.0 request has no Host.
    private mutating func settleAbsoluteAuthority(_ range: StoredRange) throws(Reason) {
        if !hasHost {
            guard let authority = RequestHead.parseAuthority(fields, range, to: &canonical, at: 0) else {
                throw .requestTarget
            }
            hostCount = authority.hostCount
            portNumber = authority.port
            return
        }
        let second = Authority.longestHost
        guard let authority = RequestHead.parseAuthority(fields, range, to: &canonical, at: second) else {
            throw .requestTarget
        }
        let named = authority.port == 0 ? scheme.defaultPort : authority.port
        let expected = portNumber == 0 ? scheme.defaultPort : portNumber
        if named != expected || !ASCII.equal(host, canonical.span(second, second &+ authority.hostCount)) {
            throw .requestTargetAuthority
        }
    }

    /// Makes the path that begins at `start` canonical, and finds the query behind it. An empty path is `/`.
    private mutating func settlePath(from start: Int, limits: HeadLimits, rules: TargetRules) throws(Reason) {
        let end = targetRange.end
        let mark = start &+ ByteSearch.first(0x3f, in: fields.stored(start, end), from: 0)
        hasQuery = mark < end
        queryRange = hasQuery ? StoredRange(mark &+ 1, end) : StoredRange()
        try Query.validate(query, rules: rules)
        if mark == start {
            canonical[RequestHead.pathStart] = 0x2f
            pathCount = 1
            return
        }
        let room = min(canonical.capacity, RequestHead.pathStart &+ limits.target)
        pathCount = try RequestHead.writePath(fields, StoredRange(start, mark), rules, to: &canonical, room)
    }

    // The two below take the head's parts one by one, so that one can be written while a span of the other lives.

    private static func writePath(
        _ fields: borrowing FieldTable, _ range: StoredRange, _ rules: TargetRules,
        to canonical: inout Slab<UInt8>, _ room: Int
    ) throws(Reason) -> Int {
        try CanonicalPath.write(
            fields.stored(range.start, range.end), rules: rules,
            to: canonical.mutableSpan(RequestHead.pathStart, room))
    }

    /// Reads the authority in `range` of the stored bytes and writes its host to `place` in the canonical bytes.
    private static func parseAuthority(
        _ fields: borrowing FieldTable, _ range: StoredRange, to canonical: inout Slab<UInt8>, at place: Int
    ) -> Authority? {
        var output = canonical.mutableSpan(place, place &+ Authority.longestHost)
        return Authority.parse(fields.stored(range.start, range.end), to: &output)
    }
}

extension FieldSlot {
    /// Where the value stands.
    fileprivate var valueRange: StoredRange { StoredRange(Int(valueStart), Int(valueStart) + Int(valueCount)) }
}
