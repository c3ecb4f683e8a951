import Bytes
import HPACK

/// The text of some bytes, one character for each.
func text(_ bytes: Span<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for index in bytes.indices { scalars.append(Unicode.Scalar(bytes[index])) }
    return String(scalars)
}

/// The bytes of some text; `\u{80}` and above become one byte each.
func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

/// The bytes that `digits` stand for; white space between them does not count.
func hexadecimal(_ digits: String) -> [UInt8] {
    let values = digits.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
}

/// Both ends' memory for one connection, and what a test looks at.
struct Decoding: ~Copyable {
    var decoder: HPACKDecoder
    var section: FieldSection
    var neverIndexed: [String] = []

    init(limit: Int = 16_384, tableCapacity: Int = 4_096) {
        decoder = HPACKDecoder(tableCapacity: tableCapacity)
        section = FieldSection(limit: limit, tableCapacity: tableCapacity)
    }

    /// The fields of `block` as `name: value`; those left out as `-`.
    mutating func decode(_ block: [UInt8]) throws(HPACKFault) -> [String] {
        var fields: [String] = []
        var position = 0
        section.reset()
        decoder.beginBlock()
        while true {
            switch try decoder.next(in: block.span, at: &position, into: &section) {
            case .field(let field):
                let name = text(section.span(field.nameStart, field.nameEnd))
                let value = text(section.span(field.valueStart, field.valueEnd))
                fields.append(name + ": " + value)
                if field.isNeverIndexed { neverIndexed.append(name) }
                let line = text(section.span(field.nameStart, field.valueEnd + 2))
                precondition(line == name + ": " + value + "\r\n")
            case .omitted: fields.append("-")
            case .end: return fields
            }
        }
    }

    /// Why `block` cannot be decoded; nil when it can.
    mutating func fault(_ block: [UInt8]) -> HPACKFault? {
        do throws(HPACKFault) {
            _ = try decode(block)
            return nil
        } catch {
            return error
        }
    }
}

/// `fields` (`name: value`) as one block.
func encode(_ fields: [String], with encoder: inout HPACKEncoder) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 100_000)
    var writer = ByteWriter(output.mutableSpan)
    encoder.beginBlock(to: &writer)
    for field in fields {
        let colon = field.dropFirst().firstIndex(of: ":") ?? field.endIndex
        encoder.encode(
            name: latin(String(field[..<colon])).span, value: latin(String(field[colon...].dropFirst(2))).span,
            to: &writer)
    }
    let count = writer.count
    precondition(!writer.overflowed)
    return Array(output[..<count])
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
