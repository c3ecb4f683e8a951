import Bytes
import HTTP2
import HTTPModel

/// One end of a connection that does what is asked of it at once: a server answers every request, a client has asked
/// for something.
struct HTTP2Endpoint: ~Copyable {
    var connection: HTTP2Connection
    private var workspace: HTTP2Workspace

    /// What happened, in words; the data of a stream that comes piece by piece is one event.
    private(set) var events: [String] = []

    /// What was sent, in words, without the windows, which grow by other amounts when data comes in other pieces.
    private(set) var frames: [String] = []

    private var input: [UInt8] = []

    /// Small, so that they are met.
    static var limits: HTTP2Limits {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 8
        limits.cheapFrames = 60
        limits.fieldSection = 2_048
        limits.fieldBlock = 16_384
        limits.encoderTable = 1_024
        return limits
    }

    init(_ role: HTTP2Connection.Role) {
        connection = HTTP2Connection(role: role, scheme: .https, limits: HTTP2Endpoint.limits)
        workspace = HTTP2Workspace(limits: HTTP2Endpoint.limits, headLimits: HeadLimits(), rules: RequestRules())
        var output = [UInt8](repeating: 0, count: HTTP2Connection.outputReserve)
        var writer = ByteWriter(output.mutableSpan)
        connection.start(to: &writer)
        if role == .server {
            input = array(HTTP2Connection.preface.bytes)
        } else {
            for number in 0..<4 { ask(isHead: number == 3) }
        }
    }

    /// Takes what arrives, and what happens by it.
    mutating func receive(_ bytes: ArraySlice<UInt8>) throws(Contradiction) {
        input += bytes
        var position = 0
        let given = input
        while !connection.hasFailed {
            var output = [UInt8](repeating: 0, count: HTTP2Connection.outputReserve)
            var writer = ByteWriter(output.mutableSpan)
            let event = connection.next(in: given.span, from: position, workspace: &workspace, to: &writer)
            let count = writer.count
            try require(!writer.overflowed, "there was room for every answer, and it did not fit")
            try note(output.span.extracting(0..<count))
            guard let next = try take(event) else { return }
            try require(next >= position && next <= input.count, "the connection went to \(next) of \(input.count)")
            position = next
        }
    }

    /// Does what an event asks for; returns where to go on, or nil to wait for more.
    private mutating func take(_ event: HTTP2Event) throws(Contradiction) -> Int? {
        switch event {
        case .needMore(let consumed):
            try require(consumed <= input.count, "more was consumed than given")
            input.removeFirst(consumed)
            return nil
        case .needOutput(let consumed): return consumed
        case .head(let stream, let ends, let next):
            events.append("head \(stream.identifier) \(ends) \(head)")
            if connection.role == .server { try answer(stream) } else if ends { connection.release(stream) }
            return next
        case .malformed(let stream, let reason, let next):
            events.append("malformed \(stream.identifier) \(reason.code)")
            connection.release(stream)
            return next
        case .data(let stream, let start, let end, let ends):
            noteData(stream, input[start..<end], ends)
            if connection.holds(stream) { try send { $0.consume(stream, end - start, to: &$1) } }
            return end
        case .trailers(let stream, let next):
            events.append("trailers \(stream.identifier) \(HTTP2Endpoint.words(workspace.trailers))")
            return next
        case .reset(let stream, let code, let reason, let isRetryable, let next):
            events.append("reset \(stream.identifier) \(code.rawValue) \(reason.code) \(isRetryable)")
            connection.release(stream)
            return next
        case .writable(let next): return next
        case .goAway(let code, let next):
            events.append("goaway \(code.rawValue)")
            return next
        case .failed(let code, let reason):
            events.append("failed \(code.rawValue) \(reason.code)")
            return nil
        }
    }

    private var head: String {
        if connection.role == .client {
            return "\(workspace.response.status) \(HTTP2Endpoint.words(workspace.response.fields))"
        }
        return shown(array(workspace.request.methodBytes)) + " " + shown(array(workspace.request.host)) + " "
            + shown(array(workspace.request.path)) + " " + HTTP2Endpoint.words(workspace.request.fields)
    }

    private static func words(_ fields: borrowing FieldTable) -> String {
        var words = ""
        for index in 0..<fields.count {
            words += shown(array(fields.name(of: index)) + [0x3a] + array(fields.value(of: index))) + ";"
        }
        return words
    }

    private mutating func noteData(_ stream: StreamReference, _ bytes: ArraySlice<UInt8>, _ ends: Bool) {
        let words = "data \(stream.identifier) "
        if let last = events.last, last.hasPrefix(words), !last.hasSuffix("!") { events.removeLast() } else {
            pending = []
        }
        pending += bytes
        events.append(words + shown(pending) + (ends ? "!" : ""))
    }

    /// The data of the last event.
    private var pending: [UInt8] = []

    private mutating func answer(_ stream: StreamReference) throws(Contradiction) {
        if !connection.canSend(stream) { return connection.release(stream) }
        connection.beginFields(&workspace)
        connection.addStatus(200, &workspace)
        connection.add("x-a" as StaticString, [0x62].span, &workspace)
        var output = [UInt8](repeating: 0, count: 4_096)
        var writer = ByteWriter(output.mutableSpan)
        if connection.sendFields(stream, endsStream: false, &workspace, to: &writer) == .sent {
            _ = connection.sendData(stream, [0x68, 0x69].span, endsStream: true, to: &writer)
        }
        connection.release(stream)
        connection.flush(to: &writer)
        let count = writer.count
        try note(output.span.extracting(0..<count))
    }

    private mutating func ask(isHead: Bool) {
        guard let stream = connection.open(isHead: isHead) else { return }
        connection.beginFields(&workspace)
        for (name, value) in [(":method", isHead ? "HEAD" : "GET"), (":scheme", "https"), (":path", "/")] {
            connection.add(Array(name.utf8).span, Array(value.utf8).span, &workspace)
        }
        var output = [UInt8](repeating: 0, count: 4_096)
        var writer = ByteWriter(output.mutableSpan)
        _ = connection.sendFields(stream, endsStream: true, &workspace, to: &writer)
    }

    private mutating func send(
        _ body: (inout HTTP2Connection, inout ByteWriter) -> Void
    ) throws(Contradiction) {
        var output = [UInt8](repeating: 0, count: HTTP2Connection.outputReserve)
        var writer = ByteWriter(output.mutableSpan)
        body(&connection, &writer)
        let count = writer.count
        try require(!writer.overflowed, "what follows data does not fit")
        try note(output.span.extracting(0..<count))
    }

    /// Notes what was sent, which has to be whole frames.
    private mutating func note(_ bytes: Span<UInt8>) throws(Contradiction) {
        var position = 0
        while position < bytes.count {
            guard let header = FrameHeader(bytes, at: position),
                header.length <= bytes.count - position - FrameHeader.size
            else { throw Contradiction("half a frame was sent: \(shown(array(bytes)))") }
            let payload = bytes.extracting((position + FrameHeader.size)..<(position + FrameHeader.size + header.length))
            guard let frame = try? Frame.parse(payload, header: header) else {
                throw Contradiction("a malformed frame was sent: \(shown(array(bytes)))")
            }
            if case .windowUpdate = frame {} else {
                frames.append("\(header.type.rawValue) \(header.stream) \(shown(array(payload)))")
            }
            position += FrameHeader.size + header.length
        }
    }
}
