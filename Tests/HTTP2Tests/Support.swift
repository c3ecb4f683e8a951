import Bytes
import HPACK
import HTTP2
import HTTPModel

/// The text of some bytes, one character for each.
func text(_ bytes: Span<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for index in bytes.indices { scalars.append(Unicode.Scalar(bytes[index])) }
    return String(scalars)
}

/// The bytes of some text; `\u{80}` and above become one byte each.
func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

/// `value` in network byte order.
func network(_ value: UInt32) -> [UInt8] { stride(from: 24, through: 0, by: -8).map { UInt8(value >> $0 & 0xff) } }

/// A field block of literals (`name: value`) that are not indexed and not Huffman-coded, valid or not.
func block(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in fields {
        let colon = field.dropFirst().firstIndex(of: ":") ?? field.endIndex
        let name = latin(String(field[..<colon]))
        let value = latin(String(field[colon...].dropFirst(2)))
        bytes += [0] + length(name.count) + name + length(value.count) + value
    }
    return bytes
}

/// A string's length (RFC 7541 section 5.1, prefix of 7 bits).
func length(_ count: Int) -> [UInt8] {
    if count < 127 { return [UInt8(count)] }
    var bytes: [UInt8] = [127]
    var rest = count - 127
    while rest >= 128 {
        bytes.append(UInt8(rest & 0x7f | 0x80))
        rest >>= 7
    }
    return bytes + [UInt8(rest)]
}

/// Frames as a client may send them.
enum Wire {
    static let preface = latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    static let get = [":method: GET", ":scheme: https", ":authority: example.com", ":path: /"]
    static let post = [":method: POST", ":scheme: https", ":authority: example.com", ":path: /form"]

    static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
        network(UInt32(payload.count)).dropFirst() + [type, flags] + network(stream) + payload
    }

    static func headers(_ stream: UInt32, _ fields: [String] = get, ends: Bool = true) -> [UInt8] {
        frame(1, flags: ends ? 5 : 4, stream: stream, block(fields))
    }

    static func data(_ stream: UInt32, _ text: String, ends: Bool = false) -> [UInt8] {
        frame(0, flags: ends ? 1 : 0, stream: stream, latin(text))
    }

    static func settings(_ entries: [(UInt16, UInt32)] = []) -> [UInt8] {
        frame(4, stream: 0, entries.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 0xff)] + network($0.1) })
    }

    static func reset(_ stream: UInt32, _ code: UInt32 = 8) -> [UInt8] { frame(3, stream: stream, network(code)) }

    static func ping(ack: Bool = false) -> [UInt8] { frame(6, flags: ack ? 1 : 0, stream: 0, latin("12345678")) }

    static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> [UInt8] {
        frame(8, stream: stream, network(increment))
    }

    static func continuation(_ stream: UInt32, _ bytes: [UInt8], ends: Bool) -> [UInt8] {
        frame(9, flags: ends ? 4 : 0, stream: stream, bytes)
    }
}

/// One end under test, with what it was given and what it did.
struct Endpoint: ~Copyable {
    var connection: HTTP2Connection
    var workspace: HTTP2Workspace
    /// What happened, in words; data of one stream that comes piece by piece is one event.
    var events: [String] = []
    /// What was sent, in words.
    var frames: [String] = []
    /// What was sent, in bytes, and not fetched yet.
    var sent: [UInt8] = []
    var streams: [UInt32: StreamReference] = [:]
    /// Whether data is consumed and exchanges are released as soon as their stream is over.
    var consumes = true
    var releases = true
    private var input: [UInt8] = []

    init(
        role: HTTP2Connection.Role = .server, limits: HTTP2Limits = HTTP2Limits(),
        headLimits: HeadLimits = HeadLimits(),
        isOpen: Bool = true
    ) {
        connection = HTTP2Connection(role: role, scheme: .https, limits: limits)
        workspace = HTTP2Workspace(limits: limits, headLimits: headLimits, rules: RequestRules())
        write { $0.start(to: &$1) }
        if isOpen && role == .server {
            receive(Wire.preface + Wire.settings() + Wire.frame(4, flags: 1, stream: 0))
            frames = []
            sent = []
        }
    }

    /// Has something written, and puts it into words.
    mutating func write<Result>(
        _ body: (inout HTTP2Connection, inout ByteWriter) -> Result
    ) -> Result {
        var buffer = [UInt8](repeating: 0, count: 70_000)
        var writer = ByteWriter(buffer.mutableSpan)
        let result = body(&connection, &writer)
        precondition(!writer.overflowed)
        let count = writer.count
        note(Array(buffer[..<count]))
        return result
    }

    /// Gives the end `bytes`, at most `step` at once, and takes what happens.
    mutating func receive(_ bytes: [UInt8], step: Int = .max) {
        var given = 0
        while given < bytes.count {
            let count = min(step, bytes.count - given)
            input += bytes[given..<given + count]
            given += count
            take()
        }
    }

    private mutating func take() {
        var position = 0
        let given = input
        while true {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            var writer = ByteWriter(buffer.mutableSpan)
            let event = connection.next(in: given.span, from: position, workspace: &workspace, to: &writer)
            precondition(!writer.overflowed)
            let count = writer.count
            note(Array(buffer[..<count]))
            switch event {
            case .needMore(let consumed):
                input.removeFirst(consumed)
                return
            case .needOutput(let consumed): position = consumed
            case .head(let stream, let ends, let next):
                streams[stream.identifier] = stream
                events.append("head \(stream.identifier)\(ends ? " end" : "") " + describeHead())
                position = next
            case .malformed(let stream, let reason, let next):
                streams[stream.identifier] = stream
                events.append("malformed \(stream.identifier) \(reason.code)")
                position = next
                if releases { connection.release(stream) }
            case .data(let stream, let start, let end, let ends):
                noteData(stream, start, end, ends)
                position = end
            case .trailers(let stream, let next):
                events.append("trailers \(stream.identifier) " + describe(workspace.trailers).joined(separator: "|"))
                position = next
            case .reset(let stream, let code, let reason, let isRetryable, let next):
                events.append(
                    "reset \(stream.identifier) \(code.rawValue) \(reason.code)\(isRetryable ? " retry" : "")")
                if releases { connection.release(stream) }
                position = next
            case .writable(let next): position = next
            case .goAway(let code, let next):
                events.append("goaway \(code.rawValue)")
                position = next
            case .failed(let code, let reason):
                events.append("failed \(code.rawValue) \(reason.code)")
                input = []
                return
            }
        }
    }

    private mutating func noteData(_ stream: StreamReference, _ start: Int, _ end: Int, _ ends: Bool) {
        let words = "data \(stream.identifier) "
        var all = words + text(input.span.extracting(start..<end))
        if let last = events.last, last.hasPrefix(words), !last.hasSuffix(" end") {
            all = last + text(input.span.extracting(start..<end))
            events.removeLast()
        }
        events.append(all + (ends ? " end" : ""))
        if consumes { write { $0.consume(stream, end - start, to: &$1) } }
    }

    private func describeHead() -> String {
        if connection.role == .client {
            return ([String(workspace.response.status)] + describe(workspace.response.fields)).joined(separator: "|")
        }
        let request =
            text(workspace.request.methodBytes) + " " + text(workspace.request.host) + " "
            + text(workspace.request.path) + (workspace.request.hasQuery ? "?" + text(workspace.request.query) : "")
        return ([request] + describe(workspace.request.fields)).joined(separator: "|")
    }

    private func describe(_ fields: borrowing FieldTable) -> [String] {
        (0..<fields.count).map { text(fields.name(of: $0)) + ": " + text(fields.value(of: $0)) }
            .filter { !$0.hasPrefix("host: ") }
    }

    /// Sends a head with `fields`.
    mutating func respond(
        _ stream: UInt32, status: UInt16 = 200, fields: [String] = [], body: String? = nil, trailers: [String]? = nil
    ) {
        guard let reference = streams[stream], connection.canSend(reference) else { return }
        connection.beginFields(&workspace)
        connection.addStatus(status, &workspace)
        add(fields)
        send(reference, ends: body == nil && trailers == nil)
        if let body {
            let isLast = trailers == nil
            let count = write { $0.sendData(reference, latin(body).span, endsStream: isLast, to: &$1) }
            precondition(count == body.utf8.count)
        }
        if let trailers {
            connection.beginFields(&workspace)
            add(trailers)
            send(reference, ends: true)
        }
        if releases { connection.release(reference) }
        write { $0.flush(to: &$1) }
    }

    mutating func add(_ fields: [String]) {
        for field in fields {
            let colon = field.dropFirst().firstIndex(of: ":") ?? field.endIndex
            connection.add(
                latin(String(field[..<colon])).span, latin(String(field[colon...].dropFirst(2))).span, &workspace)
        }
    }

    mutating func send(_ stream: StreamReference, ends: Bool) {
        var buffer = [UInt8](repeating: 0, count: 70_000)
        var writer = ByteWriter(buffer.mutableSpan)
        let result = connection.sendFields(stream, endsStream: ends, &workspace, to: &writer)
        precondition(result == .sent)
        let count = writer.count
        note(Array(buffer[..<count]))
    }

    private mutating func note(_ bytes: [UInt8]) {
        sent += bytes
        frames += describeFrames(bytes)
    }
}

/// Frames that were written, in words.
func describeFrames(_ bytes: [UInt8]) -> [String] {
    var words: [String] = []
    var position = bytes.starts(with: Wire.preface) ? Wire.preface.count : 0
    while position < bytes.count {
        guard let header = FrameHeader(bytes.span, at: position) else { return words + ["cut off"] }
        let start = position + FrameHeader.size
        position = start + header.length
        guard position <= bytes.count,
            let frame = try? Frame.parse(bytes.span.extracting(start..<position), header: header)
        else { return words + ["malformed"] }
        let end = header.flags.contains(.endStream) ? " end" : ""
        switch frame {
        case .data(let from, let to): words.append("DATA \(header.stream) \(to - from)\(end)")
        case .headers: words.append("HEADERS \(header.stream)\(end)")
        case .priority: words.append("PRIORITY \(header.stream)")
        case .resetStream(let code): words.append("RST_STREAM \(header.stream) \(code.rawValue)")
        case .settings(let count):
            let entries = (0..<count).map { SettingsEntry(bytes.span.extracting(start..<position), at: $0 * 6) }
            words.append("SETTINGS " + entries.map { "\($0.identifier)=\($0.value)" }.joined(separator: " "))
        case .settingsAcknowledgement: words.append("SETTINGS ACK")
        case .pushPromise: words.append("PUSH_PROMISE")
        case .ping(_, let isAcknowledgement): words.append(isAcknowledgement ? "PING ACK" : "PING")
        case .goAway(let last, let code, _, _): words.append("GOAWAY \(last) \(code.rawValue)")
        case .windowUpdate(let increment): words.append("WINDOW_UPDATE \(header.stream) \(increment)")
        case .continuation: words.append("CONTINUATION \(header.stream)")
        case .priorityUpdate(let stream, _, _): words.append("PRIORITY_UPDATE \(stream)")
        case .unknown: words.append("unknown")
        }
    }
    return words
}

/// A small generator, so that every run tries the same.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
