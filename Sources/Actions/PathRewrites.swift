import Bytes
import Match
import Plan

/// Changes of paths, there and back, laid out flat.
struct PathRewrites: ~Copyable {
    private let entries: Slab<PathRewriteEntry>
    private let text: Slab<UInt8>

    init(_ rewrites: [PathRewrite]) {
        var text: [UInt8] = []
        func place(_ bytes: [UInt8]?) -> TextPlace {
            text += bytes ?? []
            return TextPlace(start: text.count - (bytes?.count ?? 0), count: bytes?.count ?? 0)
        }
        var entries: [PathRewriteEntry] = []
        for rewrite in rewrites {
            var entry = PathRewriteEntry()
            entry.strip = place(rewrite.strip)
            entry.beginning = place(rewrite.replace?.beginning)
            entry.substitute = place(rewrite.replace?.substitute)
            entry.prepend = place(rewrite.prepend)
            entries.append(entry)
        }
        self.entries = Slab(entries, empty: PathRewriteEntry())
        self.text = Slab(text, empty: 0)
    }

    /// Writes what `path` becomes on its way to the upstream: first stripped, then replaced, then prepended. What is
    /// left of it before that is at least a slash.
    func write(_ path: Span<UInt8>, _ number: Int, to writer: inout ByteWriter) {
        let entry = entries[number]
        var start = 0
        if begins(path, from: 0, with: entry.strip) { start = Int(entry.strip.count) }
        append(entry.prepend, to: &writer)
        let replaces = begins(path, from: start, with: entry.beginning)
        if replaces {
            append(entry.substitute, to: &writer)
            start &+= Int(entry.beginning.count)
        }
        writer.append(path.extracting(start..<path.count))
        if start == path.count && !(replaces && entry.substitute.count > 0) { writer.append(0x2f) }
    }

    /// Writes what `path`, which comes from the upstream, is called by the client: the way back. A path that the
    /// request's way does not lead to, and one that has the client's name already, stays.
    func writeBack(_ path: Span<UInt8>, _ number: Int, to writer: inout ByteWriter) {
        let entry = entries[number]
        let first = writer.count
        var start = 0
        if entry.prepend.count > 0 {
            if !begins(path, from: 0, with: entry.prepend) { return writer.append(path) }
            start = Int(entry.prepend.count)
        }
        let hasOldBeginning = entry.beginning.count > 0 && begins(path, from: start, with: entry.beginning)
        let replaces =
            entry.beginning.count > 0 && !hasOldBeginning
            && (entry.substitute.count == 0 || begins(path, from: start, with: entry.substitute))
        let isNamedByClient = start == 0 && !replaces && begins(path, from: 0, with: entry.strip)
        if entry.strip.count > 0 && !isNamedByClient { append(entry.strip, to: &writer) }
        if replaces {
            append(entry.beginning, to: &writer)
            start &+= Int(entry.substitute.count)
        }
        writer.append(path.extracting(start..<path.count))
        if writer.count == first { writer.append(0x2f) }
    }

    private func append(_ place: TextPlace, to writer: inout ByteWriter) {
        writer.append(text.span(place.first, place.end))
    }

    /// Whether the bytes of `path` from `start` on begin with those of `place`, up to a slash or the end.
    private func begins(_ path: Span<UInt8>, from start: Int, with place: TextPlace) -> Bool {
        let count = Int(place.count)
        if count == 0 || path.count &- start < count { return false }
        if !ASCII.equal(path.extracting(start..<start &+ count), text.span(place.first, place.end)) { return false }
        return path.count == start &+ count || path[start &+ count] == 0x2f
    }
}

/// One change of paths.
struct PathRewriteEntry: BitwiseCopyable {
    var strip = TextPlace()
    var beginning = TextPlace()
    var substitute = TextPlace()
    var prepend = TextPlace()
}
