internal import Bytes
internal import HPACK
internal import HTTPModel

/// Makes the canonical head of a request of a decoded section (RFC 9113 section 8.3.1).
struct RequestSection: BitwiseCopyable {
    // Which of the decoded fields are these; -1 where there is none.
    private var method = -1
    private var scheme = -1
    private var authority = -1
    private var path = -1
    /// `:protocol` of RFC 8441.
    private var tunnel = -1
    private var host = -1
    /// The first field that is no pseudo-field.
    private var firstField = 0
    private var cookies = 0

    // Where lines stand that were made of several fields, or of pseudo-fields; -1 where there is none.
    private var hostLine = -1
    private var cookieLine = -1
    private var upgradeLines = -1
    private var makesKey = false

    /// Whether the request asks for a tunnel (RFC 8441).
    var opensTunnel: Bool { tunnel >= 0 }

    /// Builds the head in `workspace`.
    ///
    /// - Throws: why the request is malformed, or refused for its size; what could be read is in the head all the
    ///   same, to be logged.
    static func build(
        _ workspace: inout HTTP2Workspace, scheme: Scheme, endsStream: Bool, allowsTunnels: Bool
    ) throws(Reason) -> RequestSection {
        var request = RequestSection()
        workspace.request.reset()
        let fault = request.readFields(workspace)
        try request.storeHead(&workspace, scheme)
        if let fault { throw fault }
        if workspace.section.isOverLimit { throw .requestHeadSize }
        if workspace.hasTooManyFields { throw .requestFieldCount }
        try request.checkPseudoFields(workspace, scheme, allowsTunnels: allowsTunnels)
        try request.appendFields(&workspace)
        try request.appendMadeLines(&workspace)
        let (limits, rules) = (workspace.headLimits, workspace.rules)
        try workspace.request.settleStream(
            endsStream: endsStream, opensTunnel: request.opensTunnel, limits: limits, rules: rules)
        return request
    }

    // What is there

    /// Finds the pseudo-fields, and the fields that something has to be made of; what is wrong with them.
    private mutating func readFields(_ workspace: borrowing HTTP2Workspace) -> Reason? {
        do throws(Reason) {
            while firstField < workspace.fieldCount {
                let name = workspace.name(firstField)
                if name.count == 0 || name[0] != 0x3a { break }
                try take(name, firstField)
                firstField += 1
            }
        } catch {
            return error
        }
        for index in firstField..<workspace.fieldCount {
            if ASCII.equal(workspace.name(index), "cookie") {
                cookies += 1
            } else if ASCII.equal(workspace.name(index), "host") {
                if host >= 0 { return .requestHostDuplicate }
                host = index
            }
        }
        return nil
    }

    private mutating func take(_ name: Span<UInt8>, _ index: Int) throws(Reason) {
        if ASCII.equal(name, ":method") {
            try Self.set(&method, index)
        } else if ASCII.equal(name, ":path") {
            try Self.set(&path, index)
        } else if ASCII.equal(name, ":scheme") {
            try Self.set(&scheme, index)
        } else if ASCII.equal(name, ":authority") {
            try Self.set(&authority, index)
        } else if ASCII.equal(name, ":protocol") {
            try Self.set(&tunnel, index)
        } else {
            throw .requestPseudoField
        }
    }

    private static func set(_ place: inout Int, _ index: Int) throws(Reason) {
        if place >= 0 { throw .requestPseudoField }
        place = index
    }

    // Storage

    /// Adds the lines that are made to the decoded ones, gives all to the head, and names method and target in them
    /// as far as they can be shown to anybody.
    private mutating func storeHead(_ workspace: inout HTTP2Workspace, _ scheme: Scheme) throws(Reason) {
        let methodStart = workspace.section.used
        var fits = true
        if opensTunnel { fits = makeUpgradeLines(&workspace) }
        if authority >= 0 && host < 0 {
            hostLine = workspace.section.used
            let field = workspace.fields[authority]
            fits = workspace.section.appendLine("host", copyOf: field.valueStart, field.valueEnd) && fits
        }
        if cookies > 1 { fits = makeCookieLine(&workspace) && fits }
        if !workspace.storeRequest(scheme) || !fits { throw .requestHeadSize }
        workspace.request.setVersion2()
        if method >= 0 && isToken(workspace.value(method)) {
            let field = workspace.fields[method]
            if opensTunnel {
                workspace.request.setMethod(methodStart, methodStart + Self.tunnelMethod.utf8CodeUnitCount)
            } else {
                workspace.request.setMethod(field.valueStart, field.valueEnd)
            }
        }
        if path >= 0 && isVisible(workspace.value(path)) {
            let field = workspace.fields[path]
            workspace.request.setTarget(field.valueStart, field.valueEnd)
        }
    }

    /// The method of the request of HTTP/1.1 that an extended CONNECT is.
    private static var tunnelMethod: StaticString { "GET" }

    /// An extended CONNECT is the upgrade of HTTP/1.1 in other words (RFC 8441 section 5), and has the same head.
    private mutating func makeUpgradeLines(_ workspace: inout HTTP2Workspace) -> Bool {
        let field = workspace.fields[tunnel]
        var fits = workspace.section.append(Self.tunnelMethod.bytes)
        upgradeLines = workspace.section.used
        fits = workspace.section.append(("connection: upgrade\r\n" as StaticString).bytes) && fits
        fits = workspace.section.appendLine("upgrade", copyOf: field.valueStart, field.valueEnd) && fits
        // HTTP/2 has no use for a key (RFC 8441 section 5); the server of HTTP/1.1 wants one.
        guard let key = workspace.webSocketKey, ASCII.equalIgnoringCase(workspace.value(tunnel), "websocket") else {
            return fits
        }
        for index in firstField..<workspace.fieldCount
        where ASCII.equal(workspace.name(index), "sec-websocket-key") { return fits }
        makesKey = true
        return workspace.append(key: key) && fits
    }

    /// Crumbs of a cookie become one field (RFC 9113 section 8.2.3).
    private mutating func makeCookieLine(_ workspace: inout HTTP2Workspace) -> Bool {
        cookieLine = workspace.section.used
        var separator: StaticString = "cookie: "
        for index in firstField..<workspace.fieldCount where ASCII.equal(workspace.name(index), "cookie") {
            let field = workspace.fields[index]
            if !workspace.section.append(separator.bytes)
                || !workspace.section.append(copyOf: field.valueStart, field.valueEnd)
            {
                return false
            }
            separator = "; "
        }
        return workspace.section.append(("\r\n" as StaticString).bytes)
    }

    // Rules

    /// Which pseudo-fields there must be, and what they may say (RFC 9113 sections 8.3.1 and 8.5, RFC 8441 section 4).
    private func checkPseudoFields(
        _ workspace: borrowing HTTP2Workspace, _ scheme: Scheme, allowsTunnels: Bool
    ) throws(Reason) {
        if method < 0 { throw .requestPseudoField }
        let methodBytes = workspace.value(method)
        if !isToken(methodBytes) { throw .requestMethod }
        if methodBytes.count > workspace.headLimits.method { throw .requestMethodUnsupported }
        let isConnect = ASCII.equal(methodBytes, "CONNECT")
        if opensTunnel {
            if !isConnect || !allowsTunnels || authority < 0 { throw .requestPseudoField }
            if !isToken(workspace.value(tunnel)) { throw .requestPseudoField }
        } else if isConnect {
            throw self.scheme < 0 && path < 0 && authority >= 0 ? .requestMethodConnect : .requestPseudoField
        }
        if self.scheme < 0 || path < 0 { throw .requestPseudoField }
        if !ASCII.equal(workspace.value(self.scheme), scheme.text) { throw .requestTargetScheme }
        let target = workspace.value(path)
        if target.count > workspace.headLimits.target { throw .requestTargetSize }
        // Other forms of HTTP/1.1 do not exist here; `*` alone is looked at with the method.
        let isAsterisk = target.count == 1 && target[0] == 0x2a
        if target.count == 0 || !isVisible(target) || (target[0] != 0x2f && !isAsterisk) { throw .requestTarget }
        if authority >= 0 && host >= 0 { try compareHosts(workspace, scheme) }
    }

    /// `:authority` and `host` name the same host and port, if both are there (RFC 9113 section 8.3.1).
    private func compareHosts(_ workspace: borrowing HTTP2Workspace, _ scheme: Scheme) throws(Reason) {
        var one = InlineArray<256, UInt8>(repeating: 0)
        var other = InlineArray<256, UInt8>(repeating: 0)
        var first = one.mutableSpan
        guard let named = Authority.parse(workspace.value(authority), to: &first) else { throw .requestHostInvalid }
        var second = other.mutableSpan
        guard let expected = Authority.parse(workspace.value(host), to: &second) else { throw .requestHostInvalid }
        let port = named.port == 0 ? scheme.defaultPort : named.port
        let expectedPort = expected.port == 0 ? scheme.defaultPort : expected.port
        let isSame = ASCII.equal(
            one.span.extracting(0..<named.hostCount), other.span.extracting(0..<expected.hostCount))
        if port != expectedPort || !isSame { throw .requestTargetAuthority }
    }

    // Fields

    private func appendFields(_ workspace: inout HTTP2Workspace) throws(Reason) {
        for index in firstField..<workspace.fieldCount {
            let line = try SectionCheck.line(
                workspace.fields[index], in: workspace.section, limits: workspace.headLimits)
            try SectionCheck.refuseConnectionSpecific(workspace.name(index), workspace.value(index))
            if cookies > 1 && ASCII.equal(workspace.name(index), "cookie") { continue }
            try workspace.appendToRequest(line)
        }
    }

    private func appendMadeLines(_ workspace: inout HTTP2Workspace) throws(Reason) {
        if hostLine >= 0 {
            let count = workspace.value(authority).count
            // What is more than one line as a field is no host.
            let line = try workspace.madeLine(at: hostLine, else: .requestHostInvalid)
            if line.valueEnd - line.valueStart != count { throw .requestHostInvalid }
            try workspace.appendToRequest(line)
        }
        if cookieLine >= 0 {
            let line = try workspace.madeLine(at: cookieLine, else: .requestFieldSize)
            try workspace.appendToRequest(line)
        }
        if upgradeLines >= 0 {
            let line = try workspace.madeLine(at: upgradeLines, else: .requestPseudoField)
            try workspace.appendToRequest(line)
            let second = try workspace.madeLine(at: line.end, else: .requestPseudoField)
            try workspace.appendToRequest(second)
            if makesKey {
                let third = try workspace.madeLine(at: second.end, else: .requestPseudoField)
                try workspace.appendToRequest(third)
            }
        }
    }

    private func isToken(_ bytes: Span<UInt8>) -> Bool {
        bytes.count > 0 && ByteSearch.firstNonToken(in: bytes, from: 0) == bytes.count
    }

    private func isVisible(_ bytes: Span<UInt8>) -> Bool {
        ByteSearch.firstNonVisible(in: bytes, from: 0) == bytes.count
    }
}

extension HTTP2Workspace {
    /// Gives all decoded bytes to the request head; false when they do not fit.
    mutating func storeRequest(_ scheme: Scheme) -> Bool { Self.store(section, scheme, &request) }

    mutating func appendToRequest(_ line: FieldLine) throws(Reason) {
        try Self.append(line, headLimits, rules, &request)
    }

    // These take the parts one by one, so that one can be written while another is read.

    private static func store(
        _ section: borrowing FieldSection, _ scheme: Scheme, _ request: inout RequestHead
    ) -> Bool {
        request.store(section.span(0, section.used), scheme: scheme)
    }

    private static func append(
        _ line: FieldLine, _ limits: HeadLimits, _ rules: RequestRules, _ request: inout RequestHead
    ) throws(Reason) {
        try request.append(line, limits: limits, rules: rules)
    }

    /// Adds the line of the key for WebSocket to the decoded ones; false when it does not fit.
    mutating func append(key: InlineArray<24, UInt8>) -> Bool {
        section.append(("sec-websocket-key: " as StaticString).bytes) && section.append(key.span)
            && section.append(("\r\n" as StaticString).bytes)
    }

    /// The line at `start`, which was made of something that was received.
    func madeLine(at start: Int, else reason: Reason) throws(Reason) -> FieldLine {
        do throws(FieldLine.Fault) {
            return try FieldLine.parse(section.span(0, section.used), at: start, limits: headLimits)
        } catch {
            throw reason
        }
    }
}
