import Bytes
import HPACK

/// A client of HTTP/2: sends the frames that it is told, and sorts what comes by streams.
final class StreamClient {
    let client: Client
    /// What has come of each stream.
    private(set) var streams: [UInt32: Stream] = [:]
    /// The last stream and the error code of each GOAWAY.
    private(set) var goAways: [(last: UInt32, code: UInt32)] = []
    /// What the appliance has told of itself, by identifier (RFC 9113 section 6.5.2).
    private(set) var settings: [UInt16: UInt32] = [:]
    private(set) var pings: [String] = []
    /// Bytes of data in all, and the streams of the frames that had some, in order.
    private(set) var order: [UInt32] = []
    /// Whether data that came is given back to flow control.
    var opensWindows = true
    /// Whether PING and SETTINGS are answered.
    var answers = true

    /// What the appliance lets be sent in all beyond what it says at the beginning, and what was, by stream.
    private var credits: [UInt32: Int] = [:]
    private var sent: [UInt32: Int] = [:]

    private var fields = FieldReader()
    private var bytes: [UInt8] = []

    /// What has come of a stream.
    struct Stream {
        /// Heads and trailer section, in order of arrival.
        var sections: [[String]] = []
        var body: [UInt8] = []
        var isComplete = false
        /// The code that it was reset with.
        var resetCode: UInt32?

        /// The last head that is no interim one.
        var head: [String]? { sections.first { !($0.first ?? "").hasPrefix(":status: 1") } }
        var status: Int { Int(head?.first?.dropFirst(9) ?? "") ?? 0 }
        var text: String { String(decoding: body, as: UTF8.self) }
        var isOver: Bool { isComplete || resetCode != nil }

        /// The value of a field of the head.
        subscript(_ name: String) -> String? {
            head?.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
        }

        /// The same as a response of HTTP/1.1, without its fields.
        var response: Response {
            var response = Response(head: Array("HTTP/1.1 \(status) X\r\n\r\n".utf8))
            response.body = body
            return response
        }
    }

    /// Connects and sends the opening.
    init(_ client: Client, settings: [(UInt16, UInt32)] = []) throws {
        self.client = client
        try client.send(Frames.opening(settings))
    }

    func send(_ frames: [UInt8]) throws { try client.send(frames) }

    /// Bytes of data that have come.
    var total: Int { streams.values.reduce(0) { $0 + $1.body.count } }

    /// Bytes that may be sent on the stream, or on the connection where it is 0.
    func window(_ stream: UInt32) -> Int {
        let initial = stream == 0 ? 65_535 : Int(settings[4] ?? 65_535)
        return initial + credits[stream, default: 0] - sent[stream, default: 0]
    }

    /// Sends data and counts it.
    func send(data: [UInt8], on stream: UInt32, ends: Bool = false) throws {
        sent[stream, default: 0] += data.count
        sent[0, default: 0] += data.count
        try send(Frames.data(stream, data, ends: ends))
    }

    /// Sends a request, and waits for all of its response.
    func exchange(_ stream: UInt32, _ frames: [UInt8]) throws -> Stream {
        try send(frames)
        return try response(stream)
    }

    /// All of what comes of a stream.
    func response(_ stream: UInt32) throws -> Stream {
        try wait { $0.streams[stream]?.isOver ?? false }
        return streams[stream] ?? Stream()
    }

    /// Reads until something is there.
    func wait(until isThere: (StreamClient) -> Bool) throws {
        while !isThere(self) {
            if takeFrame() { continue }
            bytes += try client.some()
        }
    }

    /// Reads to the end of the connection.
    func readToEnd() throws -> Client.End {
        let (rest, end) = try client.rest()
        bytes += rest
        answers = false
        opensWindows = false
        while takeFrame() {}
        return end
    }

    private func takeFrame() -> Bool {
        if bytes.count < 9 { return false }
        let length = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
        if bytes.count < 9 + length { return false }
        let (type, flags, stream) = (bytes[3], bytes[4], number(5) & 0x7fff_ffff)
        let payload = Array(bytes[9..<(9 + length)])
        let code = type == 3 || type == 7 ? number(type == 3 ? 9 : 13) : 0
        let last = type == 7 ? number(9) : 0
        bytes.removeFirst(9 + length)
        take(type, flags, stream, payload, code: code, last: last)
        return true
    }

    private func take(
        _ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8], code: UInt32, last: UInt32
    ) {
        switch type {
        case 0:
            streams[stream, default: Stream()].body += payload
            order.append(stream)
            if opensWindows && !payload.isEmpty {
                let count = UInt32(payload.count)
                let ends = flags & 1 != 0
                try? send(Frames.windowUpdate(0, count) + (ends ? [] : Frames.windowUpdate(stream, count)))
            }
        case 1: streams[stream, default: Stream()].sections.append(fields.read(payload))
        case 3: streams[stream, default: Stream()].resetCode = code
        case 4 where flags & 1 == 0:
            for start in stride(from: 0, to: payload.count, by: 6) {
                let value = payload[(start + 2)..<(start + 6)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                settings[UInt16(payload[start]) << 8 | UInt16(payload[start + 1])] = value
            }
            if answers { try? send(Frames.settingsAcknowledgement()) }
        case 6:
            let text = String(decoding: payload, as: UTF8.self)
            pings.append(text)
            if answers && flags & 1 == 0 { try? send(Frames.ping(text, acknowledges: true)) }
        case 7: goAways.append((last, code))
        case 8: credits[stream, default: 0] += payload.reduce(0) { $0 << 8 | Int($1) }
        default: break
        }
        if type < 2 && flags & 1 != 0 { streams[stream, default: Stream()].isComplete = true }
    }

    private func number(_ start: Int) -> UInt32 { bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
}

/// Decodes field blocks.
private struct FieldReader: ~Copyable {
    private var decoder = HPACKDecoder()
    private var section = FieldSection(limit: 65_536, tableCapacity: 4_096)

    mutating func read(_ block: [UInt8]) -> [String] {
        var fields: [String] = []
        var position = 0
        section.reset()
        decoder.beginBlock()
        while true {
            guard let step = try? decoder.next(in: block.span, at: &position, into: &section) else {
                return fields + ["malformed: field block"]
            }
            switch step {
            case .end: return fields
            case .omitted: break
            case .field(let field):
                fields.append("\(text(field.nameStart, field.nameEnd)): \(text(field.valueStart, field.valueEnd))")
            }
        }
    }

    private func text(_ start: Int, _ end: Int) -> String {
        var bytes: [UInt8] = []
        for index in start..<end { bytes.append(section.span(index, index + 1)[0]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Appliance {
    /// A client of HTTP/2 by TLS, of site a.example.test.
    func streamClient(settings: [(UInt16, UInt32)] = []) throws -> StreamClient {
        try StreamClient(Client(tls: https, name: "a.example.test", protocols: ["h2"]), settings: settings)
    }

    /// A client of HTTP/2 without TLS, where the policy allows it.
    func plainStreamClient(
        settings: [(UInt16, UInt32)] = [], receiveBuffer: Int32? = nil
    ) throws -> StreamClient {
        try StreamClient(Client(port: http, receiveBuffer: receiveBuffer), settings: settings)
    }
}
