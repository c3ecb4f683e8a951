internal import Bytes

/// `multipart/form-data` (RFC 7578, RFC 2046 section 5.1), line by line as mod_security2 reads it.
///
/// A line is held back only while it may still be a boundary: what was seen of it is then the beginning of the
/// delimiter, so nothing needs to be kept. The line ending before a boundary belongs to the boundary, so endings are
/// given out one line later.
struct MultipartParser: ~Copyable {
    /// What the current line may still be.
    enum Line: UInt8 {
        /// All of it so far is the beginning of the delimiter.
        case delimiter
        /// It began with the whole delimiter.
        case boundary
        case text
    }

    /// What may follow the delimiter in its line.
    enum Tail: UInt8 {
        case start, hyphen, final, startCR, finalCR
    }

    /// What stands between the hyphens and the boundary, if the line is no boundary for that reason.
    enum Intruder: UInt8 {
        case none, whitespace, quote
    }

    var delimiter: Delimiter
    var part = PartReader()
    var line = Line.delimiter
    var tail = Tail.start
    var intruder = Intruder.none
    /// How much of the boundary was seen behind the intruder.
    var intruderMatched = 0
    /// How much of the delimiter was seen last, at the line's beginning or anywhere in it.
    var matched = 0
    /// The place of the current line in the body.
    var lineStart = 0
    /// Bytes of the current line.
    var lineLength = 0
    var beginsWithHyphens = false
    /// Whether the byte before was a CR whose line may be over.
    var heldCR = false
    var lastEnding = LineEnding.none
    var boundaries = 0
    var isComplete = false
    private(set) var position = 0

    init(_ limits: BodyLimits) { delimiter = Delimiter(limits) }

    /// Starts a body of this `Content-Type`.
    mutating func start(
        _ contentType: Span<UInt8>, _ limits: BodyLimits, _ report: inout BodyReport
    ) throws(BodyStop) {
        part = PartReader()
        boundaries = 0
        isComplete = false
        position = 0
        lastEnding = .none
        beginLine(0)
        let parameter = try BoundaryParameter(contentType, limits)
        report.flags.formUnion(parameter.flags)
        delimiter.set(contentType.extracting(parameter.range))
    }

    /// Takes the next bytes; what is behind the last boundary is not taken.
    mutating func parse(
        _ bytes: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        var index = 0
        while index < bytes.count {
            if isComplete {
                report.flags.insert(.dataAfter)
                return
            }
            let start = index
            switch line {
            case .delimiter:
                if try takeDelimiter(bytes[index], limits, &store, &report) { index &+= 1 }
            case .boundary:
                try takeTail(bytes[index], limits, &store, &report)
                index &+= 1
            case .text:
                if bytes[index] == 0x0a {
                    try endLine(limits, &store, &report)
                    index &+= 1
                } else {
                    index = try takeText(bytes, index, limits, &store, &report)
                }
            }
            position &+= index &- start
        }
    }

    /// Takes the end of the body. The last boundary needs no line ending.
    mutating func finish(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if isComplete || position == 0 { return }
        if boundaries == 0 { throw .malformed(.noBoundary) }
        if line != .boundary || tail != .final { throw .malformed(.finalBoundaryMissing) }
        try takeBoundary(isFinal: true, .none, limits, &store, &report)
    }

    /// Enters what there is of the current part, after the parsing was stopped.
    mutating func abandon(_ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport) {
        part.abandon(position, limits, &store, &report)
    }

    mutating func beginLine(_ start: Int) {
        lineStart = start
        line = .delimiter
        matched = 0
        lineLength = 0
        intruder = .none
        beginsWithHyphens = false
        heldCR = false
    }
}
