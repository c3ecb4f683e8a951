import Bytes

/// The parameters of a query, taken apart and decoded (WHATWG URL, application/x-www-form-urlencoded): `name=value`
/// pairs between `&`, `+` as a space, percent-encoded bytes decoded, a percent sign without two digits as it is.
///
/// Pairs stand one behind the other, each behind the lengths of its name and value, so that their number needs no bound
/// of its own: it is the length of the query.
struct DecodedQuery: ~Copyable {
    private var pool: BufferPool
    private let buffer: Buffer
    private var end = 0

    /// A bit for each name, see ``RequestMarks/bit(ofName:)``.
    private(set) var nameBits: UInt64 = 0

    /// Whether the query of the request at hand is here.
    private(set) var isCurrent = false

    /// Bytes before each pair.
    private static var lengths: Int { 4 }

    /// Room for every query of at most `queryLimit` bytes.
    init(queryLimit: Int) {
        // The most that is added: a pair of one byte and its `&` become a byte behind four.
        pool = BufferPool(capacity: 1, size: 3 * queryLimit + 2 * DecodedQuery.lengths)
        buffer = pool.take()
    }

    /// Forgets the query: another request comes.
    mutating func forget() { isCurrent = false }

    /// Takes `query` apart; a query that is longer than the limit has no parameters.
    mutating func decode(_ query: Span<UInt8>) {
        isCurrent = true
        end = 0
        nameBits = 0
        var output = pool.mutableBytes(buffer, 0, pool.size)
        if 3 * query.count + DecodedQuery.lengths > output.count { return }
        var start = 0
        var written = 0
        var bits: UInt64 = 0
        while start < query.count {
            let stop = ByteSearch.first(0x26, in: query, from: start)
            if stop > start {
                let place = written + DecodedQuery.lengths
                let count = DecodedQuery.decode(query.extracting(start..<stop), to: &output, at: &written)
                bits |= RequestMarks.bit(ofName: output.span.extracting(place..<place + count))
            }
            start = stop &+ 1
        }
        end = written
        nameBits = bits
    }

    /// Writes a pair decoded. Answers how many bytes its name became.
    private static func decode(
        _ pair: Span<UInt8>, to output: inout MutableSpan<UInt8>, at position: inout Int
    ) -> Int {
        let equals = ByteSearch.first(0x3d, in: pair, from: 0)
        let start = position
        position &+= lengths
        let name = unescape(pair.extracting(0..<equals), to: &output, at: &position)
        let value = unescape(pair.extracting(min(equals &+ 1, pair.count)..<pair.count), to: &output, at: &position)
        output[start] = UInt8(truncatingIfNeeded: name)
        output[start &+ 1] = UInt8(truncatingIfNeeded: name >> 8)
        output[start &+ 2] = UInt8(truncatingIfNeeded: value)
        output[start &+ 3] = UInt8(truncatingIfNeeded: value >> 8)
        return name
    }

    /// Writes `text` decoded. Answers how many bytes it became.
    private static func unescape(
        _ text: Span<UInt8>, to output: inout MutableSpan<UInt8>, at position: inout Int
    ) -> Int {
        let start = position
        var index = 0
        while index < text.count {
            var byte = text[index]
            if byte == 0x2b {
                byte = 0x20
            } else if byte == 0x25, text.count &- index >= 3, let high = ASCII.hexadecimalValue(text[index &+ 1]),
                let low = ASCII.hexadecimalValue(text[index &+ 2])
            {
                byte = high << 4 | low
                index &+= 2
            }
            output[position] = byte
            position &+= 1
            index &+= 1
        }
        return position &- start
    }

    /// Goes on to the next parameter named `name`: `cursor` then has its value. False when there is none.
    func advance(_ cursor: inout ValueCursor, to name: Span<UInt8>) -> Bool {
        var position = cursor.next
        while position < end {
            let (nameCount, valueCount) = counts(at: position)
            let nameStart = position &+ DecodedQuery.lengths
            let valueStart = nameStart &+ nameCount
            position = valueStart &+ valueCount
            if nameCount == name.count && pool.bytes(buffer, nameStart, valueStart).equals(name) {
                cursor.next = position
                cursor.start = valueStart
                cursor.end = position
                return true
            }
        }
        cursor.next = end
        return false
    }

    /// The decoded bytes in `start..<end`.
    @_lifetime(borrow self)
    func bytes(_ start: Int, _ end: Int) -> Span<UInt8> { pool.bytes(buffer, start, end) }

    private func counts(at position: Int) -> (name: Int, value: Int) {
        let lengths = pool.bytes(buffer, position, position &+ DecodedQuery.lengths)
        return (Int(lengths[0]) | Int(lengths[1]) << 8, Int(lengths[2]) | Int(lengths[3]) << 8)
    }
}
