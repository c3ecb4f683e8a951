import Bytes

/// Bytes of a directive, each with the place in the texts that it was read from: quotes and continued lines are gone
/// from the bytes, but a diagnostic shows what was written.
struct PlacedText {
    private(set) var bytes: [UInt8] = []
    private(set) var places: [Int] = []

    /// The place behind the last byte; that of the text when there are no bytes.
    private(set) var end: Int

    /// No bytes, at a place.
    init(at place: Int) { end = place }

    /// Bytes that stand one after the other, the first at a place.
    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        places = Array(place..<(place + bytes.count))
        end = place + bytes.count
    }

    /// The place of the first byte.
    var start: Int { places.first ?? end }

    var count: Int { bytes.count }
    var isEmpty: Bool { bytes.isEmpty }

    /// The bytes as text, those that are not UTF-8 replaced.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes with the letters of ASCII in lower case, as text: how words are compared.
    var word: String { String(decoding: bytes.map(ASCII.lowercased), as: UTF8.self) }

    mutating func append(_ byte: UInt8, at place: Int) {
        bytes.append(byte)
        places.append(place)
        end = place + 1
    }

    /// The bytes of a range of indices.
    subscript(range: Range<Int>) -> PlacedText {
        var part = PlacedText(at: range.lowerBound < count ? places[range.lowerBound] : end)
        if range.isEmpty { return part }
        part.bytes = Array(bytes[range])
        part.places = Array(places[range])
        part.end = places[range.upperBound - 1] + 1
        return part
    }

    /// Everything from an index on.
    func from(_ index: Int) -> PlacedText { self[min(index, count)..<count] }

    /// Everything before an index.
    func before(_ index: Int) -> PlacedText { self[0..<index] }

    /// Without white space at both ends.
    var trimmed: PlacedText {
        var low = 0
        var high = count
        while low < high && PlacedText.isBlank(bytes[low]) { low += 1 }
        while high > low && PlacedText.isBlank(bytes[high - 1]) { high -= 1 }
        return self[low..<high]
    }

    /// The parts between bytes that `isSeparator` takes; empty ones too.
    func split(where isSeparator: (UInt8) -> Bool) -> [PlacedText] {
        var parts: [PlacedText] = []
        var start = 0
        for index in 0...count where index == count || isSeparator(bytes[index]) {
            parts.append(self[start..<index])
            start = index + 1
        }
        return parts
    }

    /// The index of the first `byte`.
    func firstIndex(of byte: UInt8) -> Int? { bytes.firstIndex(of: byte) }

    /// Whether the bytes begin with those of `text`.
    func hasPrefix(_ text: String) -> Bool { bytes.starts(with: text.utf8) }

    /// The decimal number that the bytes are, if they are nothing but its digits.
    var number: Int? {
        if bytes.isEmpty || count > 18 { return nil }
        var value = 0
        for byte in bytes {
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// `isspace` of C in its own locale.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0d }
}
