internal import Bytes
internal import HPACK
internal import HTTPModel

/// Field blocks: HEADERS with the CONTINUATION frames behind it (RFC 9113 sections 4.3 and 6.2).
extension HTTP2Connection {
    /// What the block is for.
    private enum Purpose {
        /// The head of a new request, or of the response on the stream at the index.
        case request
        case response(Int)
        case trailers(Int)
        /// It is decoded, because the tables of both ends have to agree, and forgotten.
        case nothing
        /// The same, and its stream is reset.
        case refusal(ErrorCode)
    }

    /// Takes the whole field block that begins at `position`, once all of it is there.
    @_lifetime(output: copy output)
    mutating func takeFieldBlock(
        _ input: Span<UInt8>, _ header: FrameHeader, _ position: inout Int, _ workspace: inout HTTP2Workspace,
        _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        guard let (end, continuations) = try extent(input, header, position) else {
            return .needMore(consumed: position)
        }
        let start = position + FrameHeader.size
        let fragment = try fragment(input.extracting(start..<start + header.length), header)
        try spend(continuations)
        let purpose = try purpose(header)
        position = end
        if continuations == 0 {
            let block = input.extracting(start + fragment.start..<start + fragment.end)
            try Self.decode(block, &decoder, &workspace, failure(.compressionError))
        } else {
            let count = try gather(input, header, start, fragment, end, &workspace.block)
            try Self.decodeGathered(count, &decoder, &workspace, failure(.compressionError))
        }
        return try finish(purpose, header, end, &workspace, &output)
    }

    /// Where the block ends, and the number of its CONTINUATION frames; nil when not all of it is there.
    private func extent(
        _ input: Span<UInt8>, _ header: FrameHeader, _ position: Int
    ) throws(ConnectionFailure) -> (end: Int, continuations: Int)? {
        var end = position + FrameHeader.size + header.length
        var continuations = 0
        var isComplete = header.flags.contains(.endHeaders)
        while !isComplete {
            if end - position > limits.fieldBlock { throw failure(.enhanceYourCalm) }
            guard let next = FrameHeader(input, at: end) else { return nil }
            if next.type != .continuation || next.stream != header.stream { throw failure(.protocolError) }
            if next.length > limits.frameSize { throw failure(.frameSizeError) }
            continuations += 1
            if continuations > limits.continuations { throw failure(.enhanceYourCalm) }
            end += FrameHeader.size + next.length
            isComplete = next.flags.contains(.endHeaders)
        }
        if end - position > limits.fieldBlock { throw failure(.enhanceYourCalm) }
        return end > input.count ? nil : (end, continuations)
    }

    private func fragment(
        _ payload: Span<UInt8>, _ header: FrameHeader
    ) throws(ConnectionFailure) -> (start: Int, end: Int) {
        do throws(FrameFault) {
            if case .headers(let start, let end) = try Frame.parse(payload, header: header) { return (start, end) }
        } catch {
            throw failure(error.code)
        }
        throw failure(.internalError)
    }

    /// Copies the fragments of a block in several frames behind each other; how many bytes they are.
    private func gather(
        _ input: Span<UInt8>, _ header: FrameHeader, _ start: Int, _ fragment: (start: Int, end: Int), _ end: Int,
        _ block: inout Slab<UInt8>
    ) throws(ConnectionFailure) -> Int {
        block.copy(input.extracting(start + fragment.start..<start + fragment.end), at: 0)
        var count = fragment.end - fragment.start
        var position = start + header.length
        while position < end {
            guard let next = FrameHeader(input, at: position) else { throw failure(.internalError) }
            position += FrameHeader.size
            block.copy(input.extracting(position..<position + next.length), at: count)
            count += next.length
            position += next.length
        }
        return count
    }

    // Decoding. These take the parts one by one, so that one can be written while a span of another lives.

    private static func decodeGathered(
        _ count: Int, _ decoder: inout HPACKDecoder, _ workspace: inout HTTP2Workspace, _ failure: ConnectionFailure
    ) throws(ConnectionFailure) {
        try decode(
            workspace.block, count, &decoder, &workspace.section, &workspace.fields, &workspace.fieldCount,
            &workspace.hasTooManyFields, failure)
    }

    private static func decode(
        _ block: borrowing Slab<UInt8>, _ blockCount: Int, _ decoder: inout HPACKDecoder,
        _ section: inout FieldSection, _ fields: inout Slab<DecodedField>, _ count: inout Int,
        _ hasTooMany: inout Bool, _ failure: ConnectionFailure
    ) throws(ConnectionFailure) {
        try decode(block.span(0, blockCount), &decoder, &section, &fields, &count, &hasTooMany, failure)
    }

    private static func decode(
        _ block: Span<UInt8>, _ decoder: inout HPACKDecoder, _ workspace: inout HTTP2Workspace,
        _ failure: ConnectionFailure
    ) throws(ConnectionFailure) {
        try decode(
            block, &decoder, &workspace.section, &workspace.fields, &workspace.fieldCount,
            &workspace.hasTooManyFields, failure)
    }

    private static func decode(
        _ block: Span<UInt8>, _ decoder: inout HPACKDecoder, _ section: inout FieldSection,
        _ fields: inout Slab<DecodedField>, _ count: inout Int, _ hasTooMany: inout Bool,
        _ failure: ConnectionFailure
    ) throws(ConnectionFailure) {
        section.reset()
        count = 0
        hasTooMany = false
        var position = 0
        decoder.beginBlock()
        do throws(HPACKFault) {
            while true {
                switch try decoder.next(in: block, at: &position, into: &section) {
                case .end: return
                case .omitted: break
                case .field(let field):
                    if count < fields.capacity {
                        fields[count] = field
                        count += 1
                    } else {
                        hasTooMany = true
                    }
                }
            }
        } catch {
            throw failure
        }
    }

    // Meaning

    /// What the block is for, by the state of its stream (RFC 9113 section 5.1).
    private mutating func purpose(_ header: FrameHeader) throws(ConnectionFailure) -> Purpose {
        if isIdle(header.stream) { return try purposeOnIdle(header.stream) }
        if let index = activeIndex(header.stream) {
            let flags = streams[index].flags
            if flags.contains(.resetByUs) { return .nothing }
            if flags.contains(.resetByPeer) || flags.contains(.remoteDone) { return .refusal(.streamClosed) }
            if !flags.contains(.headReceived) { return .response(index) }
            if flags.contains(.malformed) {
                if header.flags.contains(.endStream) { streams[index].flags.insert(.remoteDone) }
                return .nothing
            }
            return .trailers(index)
        }
        switch ending(header.stream) {
        case .resetByUs: return .nothing
        case .resetByPeer: return .refusal(.streamClosed)
        case .ended: throw failure(.streamClosed)
        // Streams are opened in the order of their numbers (RFC 9113 section 5.1.1).
        case nil: throw failure(.protocolError)
        }
    }

    private mutating func purposeOnIdle(_ identifier: UInt32) throws(ConnectionFailure) -> Purpose {
        if role == .client || identifier & 1 == 0 { throw failure(.protocolError) }
        lastPeerStream = identifier
        if let lastAnnounced, identifier > lastAnnounced {
            // It was on its way when we said that we look at no more.
            remember(identifier, .resetByUs)
            return .nothing
        }
        return .request
    }

    /// Makes of the decoded fields what they are for.
    @_lifetime(output: copy output)
    private mutating func finish(
        _ purpose: Purpose, _ header: FrameHeader, _ next: Int, _ workspace: inout HTTP2Workspace,
        _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        switch purpose {
        case .nothing:
            try spend(1)
            return nil
        case .refusal(let code):
            return try resetStream(header.stream, code, reason(code, ofStream: true), next, &output)
        case .request: return try takeRequest(header, next, &workspace, &output)
        case .response(let index): return try takeResponse(index, header, next, &workspace, &output)
        case .trailers(let index): return try takeTrailers(index, header, next, &workspace, &output)
        }
    }

    @_lifetime(output: copy output)
    private mutating func takeRequest(
        _ header: FrameHeader, _ next: Int, _ workspace: inout HTTP2Workspace, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        guard let index = addStream(header.stream) else {
            remember(header.stream, .resetByUs)
            return try resetStream(header.stream, .refusedStream, .streamRefused, next, &output)
        }
        let endsStream = header.flags.contains(.endStream)
        streams[index].flags.insert(.headReceived)
        if endsStream { streams[index].flags.insert(.remoteDone) }
        do throws(Reason) {
            let section = try RequestSection.build(
                &workspace, scheme: scheme, endsStream: endsStream, allowsTunnels: limits.allowsConnectProtocol)
            note(index, workspace.request, opensTunnel: section.opensTunnel)
            return .head(reference(index), endsStream: endsStream, next: next)
        } catch {
            streams[index].flags.insert(.malformed)
            try spend(limits.resetCost)
            return .malformed(reference(index), error, next: next)
        }
    }

    /// Keeps what the stream needs of its head.
    private mutating func note(_ index: Int, _ request: borrowing RequestHead, opensTunnel: Bool) {
        if case .length(let count) = request.framing { streams[index].expected = Int64(clamping: count) }
        if request.method == .head { streams[index].flags.insert(.isHead) }
        if opensTunnel { streams[index].flags.insert(.isTunnel) }
        if let field = request.firstIndex(named: ("priority" as StaticString).bytes) {
            streams[index].priority = Priority(request.value(of: field))
        } else {
            // Who says nothing gets a fair share, not a place in a queue.
            streams[index].priority.isIncremental = true
        }
    }

    @_lifetime(output: copy output)
    private mutating func takeResponse(
        _ index: Int, _ header: FrameHeader, _ next: Int, _ workspace: inout HTTP2Workspace,
        _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let endsStream = header.flags.contains(.endStream)
        do throws(Reason) {
            let method: Method = streams[index].flags.contains(.isHead) ? .head : .get
            try ResponseSection.build(&workspace, requestMethod: method, endsStream: endsStream)
        } catch {
            return try resetStream(header.stream, .protocolError, error, next, &output)
        }
        if workspace.response.isInterim { try spend(1) } else { streams[index].flags.insert(.headReceived) }
        if endsStream { streams[index].flags.insert(.remoteDone) }
        switch workspace.response.framing {
        case .length(let count): streams[index].expected = Int64(clamping: count)
        case .none where !workspace.response.isInterim: streams[index].expected = 0
        default: break
        }
        return .head(reference(index), endsStream: endsStream, next: next)
    }

    /// A trailer section ends its stream (RFC 9113 section 8.1), and with it the body.
    @_lifetime(output: copy output)
    private mutating func takeTrailers(
        _ index: Int, _ header: FrameHeader, _ next: Int, _ workspace: inout HTTP2Workspace,
        _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let isRequest = role == .server
        var fault: Reason?
        if !header.flags.contains(.endStream) || streams[index].flags.contains(.isTunnel) {
            fault = isRequest ? .requestTrailer : .upstreamResponseTrailer
        } else if streams[index].expected > 0 {
            fault = isRequest ? .requestBodyLength : .upstreamResponseTruncated
        } else {
            do throws(Reason) {
                try TrailerSection.build(&workspace, ofRequest: isRequest)
            } catch {
                fault = error
            }
        }
        if let fault { return try resetStream(header.stream, .protocolError, fault, next, &output) }
        streams[index].flags.insert(.remoteDone)
        return .trailers(reference(index), next: next)
    }
}
