import Bytes
import HTTPModel
import Match
import Plan

/// Redirects whose targets have places for parts of the request, laid out flat.
struct Redirects: ~Copyable {
    private let entries: Slab<RedirectEntry>
    private let parts: Slab<RedirectPart>
    private let text: Slab<UInt8>

    init(_ redirects: [Redirect]) {
        var entries: [RedirectEntry] = []
        var parts: [RedirectPart] = []
        var text: [UInt8] = []
        for redirect in redirects {
            entries.append(
                RedirectEntry(
                    status: redirect.status, parts: TextPlace(start: parts.count, count: redirect.target.count)))
            for part in redirect.target {
                var flat = RedirectPart()
                switch part {
                case .text(let bytes):
                    flat.text = TextPlace(start: text.count, count: bytes.count)
                    text += bytes
                case .host: flat.kind = .host
                case .path: flat.kind = .path
                case .query: flat.kind = .query
                }
                parts.append(flat)
            }
        }
        self.entries = Slab(entries, empty: RedirectEntry(status: 302, parts: TextPlace()))
        self.parts = Slab(parts, empty: RedirectPart())
        self.text = Slab(text, empty: 0)
    }

    func status(_ number: Int) -> UInt16 { entries[number].status }

    /// Whether the target needs a host, which not every request of HTTP/1.0 has.
    func needsHost(_ number: Int) -> Bool {
        let place = entries[number].parts
        for index in place.first..<place.end where parts[index].kind == .host { return true }
        return false
    }

    /// Writes the target for a request.
    func write(_ number: Int, for head: borrowing RequestHead, to writer: inout ByteWriter) {
        let place = entries[number].parts
        for index in place.first..<place.end {
            let part = parts[index]
            switch part.kind {
            case .text: writer.append(text.span(part.text.first, part.text.end))
            case .host: writer.append(head.host)
            case .path:
                // `OPTIONS *` concerns the server as a whole, which has no path.
                if head.form == .asterisk { writer.append(0x2f) } else { writer.append(head.path) }
            case .query:
                if head.hasQuery {
                    writer.append(0x3f)
                    writer.append(head.query)
                }
            }
        }
    }
}

/// One redirect.
struct RedirectEntry: BitwiseCopyable {
    let status: UInt16
    let parts: TextPlace
}

/// A piece of a redirect's target.
struct RedirectPart: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        case text, host, path, query
    }

    var kind = Kind.text
    var text = TextPlace()
}
