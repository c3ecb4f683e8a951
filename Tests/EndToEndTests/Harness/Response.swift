/// A response as a client reads it.
struct Response {
    let status: Int
    let phrase: String
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    var body: [UInt8] = []
    var trailers: [String] = []
    /// How the connection ended, where that ended the body.
    var end: Client.End?

    enum Framing: Equatable {
        case none, chunked, untilClose
        case length(Int)
    }

    init(head: [UInt8]) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        let parts = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        status = Int(parts[1]) ?? 0
        phrase = String(parts[2])
        fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            let value = line[colon...].dropFirst()
            return (line[..<colon].lowercased(), value.drop { $0 == " " }.description)
        }
    }

    /// The value of a field; several are joined by `, `.
    subscript(_ name: String) -> String? {
        let values = fields.filter { $0.name == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// What an error page tells the client to quote.
    var reference: String? {
        for opening in ["Reference: <code>", "\"reference\":\""] {
            if let range = text.firstRange(of: opening) { return String(text[range.upperBound...].prefix(16)) }
        }
        return nil
    }

    /// RFC 9112 section 6.3.
    func framing(method: String) -> Framing {
        if method == "HEAD" || status < 200 || status == 204 || status == 304 { return .none }
        if self["Transfer-Encoding"] == "chunked" { return .chunked }
        if let length = self["Content-Length"].flatMap({ Int($0) }) { return .length(length) }
        return .untilClose
    }
}
