import Bodies
import Bytes

/// The text of some bytes, one character for each.
func text(_ bytes: Span<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for index in bytes.indices { scalars.append(Unicode.Scalar(bytes[index])) }
    return String(scalars)
}

/// The bytes of some text in UTF-8.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A value as a test writes it.
struct Value: Equatable, CustomStringConvertible {
    var kind: ValueKind
    var name: String
    var value: String
    var origin: Range<Int>
    var type: ValueType

    var description: String { "\(kind) \(name.debugDescription)=\(value.debugDescription) @\(origin) \(type)" }
}

/// What became of a body.
struct Reading: Equatable {
    var report: BodyReport
    var values: [Value]

    init(_ report: BodyReport, _ store: borrowing ValueStore) {
        self.report = report
        values = (0..<store.count).map { index in
            Value(
                kind: store[index].kind, name: text(store.name(index)), value: text(store.value(index)),
                origin: Int(store[index].originStart)..<Int(store[index].originEnd), type: store[index].type)
        }
    }

    /// Names and values of one kind, as `name=value`.
    func pairs(_ kind: ValueKind) -> [String] {
        values.filter { $0.kind == kind }.map { "\($0.name)=\($0.value)" }
    }

    var fault: BodyFault? { report.fault }
}

/// Reads a body in parts that end at the places in `cuts`.
func read(
    _ processor: BodyProcessor, _ body: [UInt8], contentType: String = "", limits: BodyLimits = BodyLimits(),
    names: JSONNames = .plain, cuts: [Int] = []
) -> Reading {
    var reader = BodyReader(limits, seed: 0x1234_5678_9abc_def0)
    var store = ValueStore(limits)
    let type = utf8(contentType)
    reader.start(processor, contentType: type.span, jsonNames: names, into: &store)
    var start = 0
    for end in cuts + [body.count] {
        reader.take(body.span.extracting(start..<end), into: &store)
        start = end
    }
    reader.finish(into: &store)
    return Reading(reader.report, store)
}

func read(
    _ processor: BodyProcessor, _ body: String, contentType: String = "", limits: BodyLimits = BodyLimits(),
    names: JSONNames = .plain, cuts: [Int] = []
) -> Reading {
    read(processor, utf8(body), contentType: contentType, limits: limits, names: names, cuts: cuts)
}

/// Limits that differ from the defaults.
func limits(_ change: (inout BodyLimits) -> Void) -> BodyLimits {
    var limits = BodyLimits()
    change(&limits)
    return limits
}

/// Numbers that are the same in every run.
struct Numbers: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 2 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_f491_4f6c_dd1d
    }
}
