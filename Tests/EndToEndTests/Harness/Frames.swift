/// Frames of HTTP/2 as a client may send them, right or wrong (RFC 9113 section 6).
enum Frames {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// What a connection begins with: the preface and SETTINGS with these entries.
    static func opening(_ settings: [(UInt16, UInt32)] = []) -> [UInt8] { preface + self.settings(settings) }

    static func frame(_ type: UInt8, flags: UInt8 = 0, stream: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
        network(UInt32(payload.count)).dropFirst() + [type, flags] + network(stream) + payload
    }

    static func settings(_ entries: [(UInt16, UInt32)] = []) -> [UInt8] {
        frame(4, stream: 0, entries.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 0xff)] + network($0.1) })
    }

    static func settingsAcknowledgement() -> [UInt8] { frame(4, flags: 1, stream: 0) }

    /// A head or a trailer section of lines `name: value`.
    static func headers(_ stream: UInt32, _ fields: [String], ends: Bool = true) -> [UInt8] {
        frame(1, flags: ends ? 5 : 4, stream: stream, block(fields))
    }

    /// The head of a request of site a.example.test.
    static func request(
        _ stream: UInt32, _ path: String, method: String = "GET", scheme: String = "https",
        authority: String = "a.example.test", _ fields: [String] = [], ends: Bool = true
    ) -> [UInt8] {
        let pseudo = [":method: \(method)", ":scheme: \(scheme)", ":authority: \(authority)", ":path: \(path)"]
        return headers(stream, pseudo + fields, ends: ends)
    }

    static func data(_ stream: UInt32, _ bytes: [UInt8], ends: Bool = false) -> [UInt8] {
        frame(0, flags: ends ? 1 : 0, stream: stream, bytes)
    }

    static func data(_ stream: UInt32, _ text: String, ends: Bool = false) -> [UInt8] {
        data(stream, Array(text.utf8), ends: ends)
    }

    static func reset(_ stream: UInt32, _ code: UInt32 = 8) -> [UInt8] { frame(3, stream: stream, network(code)) }

    static func ping(_ text: String = "12345678", acknowledges: Bool = false) -> [UInt8] {
        frame(6, flags: acknowledges ? 1 : 0, stream: 0, Array(text.utf8))
    }

    static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> [UInt8] {
        frame(8, stream: stream, network(increment))
    }

    static func continuation(_ stream: UInt32, _ bytes: [UInt8], ends: Bool) -> [UInt8] {
        frame(9, flags: ends ? 4 : 0, stream: stream, bytes)
    }

    static func priorityUpdate(_ stream: UInt32, _ field: String) -> [UInt8] {
        frame(16, stream: 0, network(stream) + Array(field.utf8))
    }

    /// A field block of literals that are not indexed (RFC 7541 section 6.2.2).
    static func block(_ fields: [String]) -> [UInt8] {
        fields.flatMap { field -> [UInt8] in
            let colon = field.dropFirst().firstIndex(of: ":") ?? field.endIndex
            let name = Array(String(field[..<colon]).utf8)
            let value = Array(String(field[colon...].dropFirst(2)).utf8)
            return [0] + length(name.count) + name + length(value.count) + value
        }
    }

    /// A string's length (RFC 7541 section 5.1, with a prefix of 7 bits).
    static func length(_ count: Int) -> [UInt8] {
        if count < 127 { return [UInt8(count)] }
        var bytes: [UInt8] = [127]
        var rest = count - 127
        while rest >= 128 {
            bytes.append(UInt8(rest & 0x7f | 0x80))
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func network(_ value: UInt32) -> [UInt8] { stride(from: 24, through: 0, by: -8).map { UInt8(value >> $0 & 0xff) } }
}
