internal import Bytes
internal import HPACK
internal import HTTPModel

/// Makes a response head of a decoded section (RFC 9113 section 8.3.2).
enum ResponseSection {
    /// Builds the head in `workspace`.
    static func build(
        _ workspace: inout HTTP2Workspace, requestMethod: Method, endsStream: Bool
    ) throws(Reason) {
        workspace.response.reset()
        let limits = workspace.headLimits
        do throws(Reason) {
            if workspace.section.isOverLimit || workspace.hasTooManyFields { throw .upstreamResponseSize }
            let status = try readStatus(workspace)
            if !workspace.storeResponse() { throw .upstreamResponseSize }
            workspace.response.setStatus(status, minor: 1, reason: 0, 0)
            for index in 1..<workspace.fieldCount {
                let line = try SectionCheck.line(
                    workspace.fields[index], in: workspace.section, limits: limits)
                try SectionCheck.refuseConnectionSpecific(workspace.name(index), workspace.value(index))
                try workspace.response.append(line, limits: limits)
            }
            try workspace.response.settleStream(
                requestMethod: requestMethod, endsStream: endsStream, limits: limits)
        } catch {
            throw SectionCheck.reasonInResponse(error)
        }
    }

    /// The first field is `:status`, three digits; any other pseudo-field is met where only fields may stand.
    private static func readStatus(_ workspace: borrowing HTTP2Workspace) throws(Reason) -> UInt16 {
        if workspace.fieldCount == 0 || !ASCII.equal(workspace.name(0), ":status") { throw .upstreamResponseHead }
        let text = workspace.value(0)
        if text.count != 3 { throw .upstreamResponseStatus }
        var status: UInt16 = 0
        for index in 0..<3 {
            if !ASCII.isDigit(text[index]) { throw .upstreamResponseStatus }
            status = status * 10 + UInt16(text[index] - 0x30)
        }
        if status < 100 || status > 599 { throw .upstreamResponseStatus }
        return status
    }
}

/// Checks a trailer section (RFC 9113 section 8.1, RFC 9110 section 6.5).
enum TrailerSection {
    /// Copies the section into ``HTTP2Workspace/trailers``.
    static func build(_ workspace: inout HTTP2Workspace, ofRequest: Bool) throws(Reason) {
        workspace.trailers.reset()
        do throws(Reason) {
            if workspace.section.isOverLimit || workspace.hasTooManyFields { throw .requestTrailerSize }
            for index in 0..<workspace.fieldCount {
                _ = try SectionCheck.line(
                    workspace.fields[index], in: workspace.section, limits: workspace.headLimits)
                if isForbidden(workspace.name(index), ofRequest: ofRequest) { throw .requestTrailerField }
                if !workspace.appendTrailer(index) { throw .requestTrailerSize }
            }
        } catch {
            if !ofRequest { throw .upstreamResponseTrailer }
            throw error == .requestTrailerField || error == .requestTrailerSize ? error : .requestTrailer
        }
    }

    private static func isForbidden(_ name: Span<UInt8>, ofRequest: Bool) -> Bool {
        // Programs that get fields as variables cannot tell `_` from `-`.
        if ofRequest && ByteSearch.first(0x5f, in: name, from: 0) < name.count { return true }
        return FieldNameSet.forbiddenInTrailers.contains(FieldName(recognising: name))
    }
}

extension HTTP2Workspace {
    /// The name of decoded field `index`.
    @_lifetime(borrow self)
    func name(_ index: Int) -> Span<UInt8> { section.span(fields[index].nameStart, fields[index].nameEnd) }

    /// The value of decoded field `index`.
    @_lifetime(borrow self)
    func value(_ index: Int) -> Span<UInt8> { section.span(fields[index].valueStart, fields[index].valueEnd) }

    /// Gives all decoded bytes to the response head; false when they do not fit.
    mutating func storeResponse() -> Bool { Self.store(section, &response) }

    /// Adds decoded field `index` to the trailers; false when there are too many.
    mutating func appendTrailer(_ index: Int) -> Bool { Self.append(fields[index], section, &trailers) }

    // These take the parts one by one, so that one can be written while another is read.

    private static func store(_ section: borrowing FieldSection, _ response: inout ResponseHead) -> Bool {
        response.store(section.span(0, section.used))
    }

    private static func append(
        _ field: DecodedField, _ section: borrowing FieldSection, _ trailers: inout FieldTable
    ) -> Bool {
        trailers.append(
            name: section.span(field.nameStart, field.nameEnd),
            value: section.span(field.valueStart, field.valueEnd))
    }
}
