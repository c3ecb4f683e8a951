import Bytes
import Match
import Plan

/// The fixed answers and the pages of a plan, laid out flat. In a page, `{reference}` stands for the id of the request.
struct Contents: ~Copyable {
    private let entries: Slab<ContentEntry>
    private let text: Slab<UInt8>

    /// Where each placeholder begins.
    private let places: Slab<UInt32>

    /// What in a page is replaced by what the client can quote.
    private static var placeholder: StaticString { "{reference}" }

    init(_ contents: [(type: String, body: [UInt8])], hasReferences: Bool) {
        var entries: [ContentEntry] = []
        var text: [UInt8] = []
        var places: [UInt32] = []
        for content in contents {
            var entry = ContentEntry()
            entry.type = TextPlace(start: text.count, count: content.type.utf8.count)
            text += content.type.utf8
            entry.body = TextPlace(start: text.count, count: content.body.count)
            let first = places.count
            if hasReferences { places += Contents.references(in: content.body).map { UInt32(text.count + $0) } }
            entry.references = TextPlace(start: first, count: places.count - first)
            text += content.body
            entries.append(entry)
        }
        self.entries = Slab(entries, empty: ContentEntry())
        self.text = Slab(text, empty: 0)
        self.places = Slab(places, empty: 0)
    }

    private static func references(in body: [UInt8]) -> [Int] {
        let placeholder = Array("\(Contents.placeholder)".utf8)
        var found: [Int] = []
        var index = 0
        while index + placeholder.count <= body.count {
            if body[index..<index + placeholder.count].elementsEqual(placeholder) {
                found.append(index)
                index += placeholder.count
            } else {
                index += 1
            }
        }
        return found
    }

    /// The media type.
    @_lifetime(borrow self)
    func type(_ number: Int) -> Span<UInt8> {
        let place = entries[number].type
        return text.span(place.first, place.end)
    }

    /// The body, as it stands in the policy.
    @_lifetime(borrow self)
    func body(_ number: Int) -> Span<UInt8> {
        let place = entries[number].body
        return text.span(place.first, place.end)
    }

    /// Writes the body with `reference` in its places.
    func write(_ number: Int, reference: Span<UInt8>, to writer: inout ByteWriter) {
        let entry = entries[number]
        var start = entry.body.first
        for index in entry.references.first..<entry.references.end {
            writer.append(text.span(start, Int(places[index])))
            writer.append(reference)
            start = Int(places[index]) &+ Contents.placeholder.utf8CodeUnitCount
        }
        writer.append(text.span(start, entry.body.end))
    }
}

/// One fixed answer or page.
struct ContentEntry: BitwiseCopyable {
    var type = TextPlace()
    var body = TextPlace()
    var references = TextPlace()
}
