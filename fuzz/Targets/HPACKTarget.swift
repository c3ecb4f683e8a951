import Bytes
import HPACK

/// Field blocks of HTTP/2. The input is a series of blocks, each behind a byte that says how long it is.
///
/// Whatever they decode to stays within the limits, stands as lines, and is decoded as the same when it is encoded
/// again, with a table and without one.
enum HPACKTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        var decoder = HPACKDecoder()
        var withTable = Codec(tableCapacity: 4_096)
        var withoutTable = Codec(tableCapacity: 0)
        var position = 0
        while position < input.count {
            let end = min(input.count, position + 1 + Int(input[position]))
            let block = input.extracting((position + 1)..<end)
            position = end
            guard let (fields, isComplete) = try decode(block, &decoder) else { return }
            if !isComplete { continue }
            try withTable.requireSame(fields)
            try withoutTable.requireSame(fields)
        }
    }

    /// The limit of a section, small enough to be met.
    private static var limit: Int { 2_000 }

    private struct Field: Equatable {
        let name: [UInt8]
        let value: [UInt8]
        let isNeverIndexed: Bool
    }

    /// The fields of a block, and whether none was left out; nil when it cannot be decoded.
    private static func decode(
        _ block: Span<UInt8>, _ decoder: inout HPACKDecoder, limit: Int = HPACKTarget.limit
    ) throws(Contradiction) -> ([Field], isComplete: Bool)? {
        var section = FieldSection(limit: limit, tableCapacity: 4_096)
        var fields: [Field] = []
        var isComplete = true
        var position = 0
        var size = 0
        decoder.beginBlock()
        while true {
            let before = position
            guard let step = try? decoder.next(in: block, at: &position, into: &section) else { return nil }
            try require(position <= block.count && decoder.tableSize <= 4_096, "the decoder went beyond its bounds")
            switch step {
            case .field(let field):
                try require(position > before, "a field was made of nothing")
                let line = array(section.span(field.nameStart, field.valueEnd + 2))
                let name = array(section.span(field.nameStart, field.nameEnd))
                let value = array(section.span(field.valueStart, field.valueEnd))
                try require(line == name + [0x3a, 0x20] + value + [0x0d, 0x0a], "a field is no line: \(shown(line))")
                size += name.count + value.count + 32
                fields.append(Field(name: name, value: value, isNeverIndexed: field.isNeverIndexed))
            case .omitted: isComplete = false
            case .end:
                try require(size <= limit && section.isOverLimit == !isComplete, "the section is over its limit")
                return (fields, isComplete)
            }
        }
    }

    /// An encoder and the decoder of its other end.
    private struct Codec: ~Copyable {
        var encoder: HPACKEncoder
        var decoder = HPACKDecoder()

        init(tableCapacity: Int) { encoder = HPACKEncoder(tableCapacity: tableCapacity) }

        mutating func requireSame(_ fields: [Field]) throws(Contradiction) {
            var output = [UInt8](repeating: 0, count: 2 * HPACKTarget.limit + 64 * fields.count + 100)
            var writer = ByteWriter(output.mutableSpan)
            encoder.beginBlock(to: &writer)
            for field in fields {
                encoder.encode(
                    name: field.name.span, value: field.value.span,
                    indexing: field.isNeverIndexed ? .never : .automatic, to: &writer)
            }
            try require(!writer.overflowed, "an encoded block is larger than twice what it holds")
            let count = writer.count
            guard let (again, _) = try HPACKTarget.decode(output.span.extracting(0..<count), &decoder) else {
                throw Contradiction("what is encoded cannot be decoded: \(shown(output[..<count]))")
            }
            let isSame = again.count == fields.count && zip(again, fields).allSatisfy { one, other in
                one.name == lowercased(other.name) && one.value == other.value
                    && (one.isNeverIndexed || !other.isNeverIndexed)
            }
            try require(isSame, "what is decoded again is something else")
        }
    }
}
