internal import Bytes

extension MultipartParser {
    /// Takes a byte of a line that was all delimiter so far; false when it is to be looked at again, as text.
    mutating func takeDelimiter(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) -> Bool {
        if byte == delimiter[matched] {
            matched &+= 1
            lineLength &+= 1
            if matched == delimiter.count {
                line = .boundary
                tail = .start
            }
            return true
        }
        line = .text
        beginsWithHyphens = matched >= 2
        if matched == 2 && ASCII.isSpace(byte) { intruder = .whitespace }
        if matched == 2 && byte == UInt8(ascii: "\"") && report.flags.contains(.boundaryQuoted) { intruder = .quote }
        // The quote itself is looked at first.
        intruderMatched = intruder == .quote ? -1 : 0
        if matched > 0 {
            try MultipartParser.take(delimiter, matched, lineStart, &part, limits, &store, &report)
        }
        return false
    }

    /// Hands the bytes to the part that were held back: the beginning of the delimiter.
    private static func take(
        _ delimiter: borrowing Delimiter, _ count: Int, _ lineStart: Int, _ part: inout PartReader,
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        try part.take(delimiter.prefix(count), lineStart, limits, &store, &report)
    }

    /// Takes a byte behind the delimiter.
    mutating func takeTail(
        _ byte: UInt8, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch (tail, byte) {
        case (.start, UInt8(ascii: "-")): tail = .hyphen
        case (.hyphen, UInt8(ascii: "-")): tail = .final
        case (.start, 0x0d): tail = .startCR
        case (.final, 0x0d): tail = .finalCR
        case (.start, 0x0a): try takeBoundary(isFinal: false, .lf, limits, &store, &report)
        case (.startCR, 0x0a): try takeBoundary(isFinal: false, .crlf, limits, &store, &report)
        case (.final, 0x0a): try takeBoundary(isFinal: true, .lf, limits, &store, &report)
        case (.finalCR, 0x0a): try takeBoundary(isFinal: true, .crlf, limits, &store, &report)
        default: throw .malformed(.boundaryLine)
        }
    }

    /// Takes what is left of a line but for its LF, as far as it is here; gives the place behind it.
    mutating func takeText(
        _ bytes: Span<UInt8>, _ start: Int, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) -> Int {
        // Where something may be refused, byte by byte: the place does not depend on how the body is cut. The line's
        // end is looked for only where much of it can be taken at once, so that no byte is looked at again and again.
        var end = start &+ 1
        if intruder == .none && !part.isFolding {
            let lineEnd = ByteSearch.first(0x0a, in: bytes, from: start)
            end = part.runEnd(bytes, start..<lineEnd, held: heldCR ? 1 : 0, limits, store)
        }
        lineLength &+= end &- start
        let run = bytes.extracting(start..<end)
        try look(run, &report)
        try takeRun(run, limits, &store, &report)
        return end
    }

    /// Takes the LF that ends a line of text.
    mutating func endLine(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        lineLength &+= 1
        if beginsWithHyphens && lineLength > LineLength.shortest { report.flags.insert(.unmatchedBoundary) }
        lastEnding = heldCR ? .crlf : .lf
        try part.endLine(lastEnding, position, limits, &store, &report)
        beginLine(position &+ 1)
    }

    /// A boundary whose line is over.
    mutating func takeBoundary(
        isFinal: Bool, _ ending: LineEnding, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) {
        if lastEnding == .lf || ending == .lf { report.flags.insert(.lfLine) }
        if ending == .crlf { report.flags.insert(.crlfLine) }
        if boundaries > 0 && !part.hasData { report.flags.insert(.invalidPart) }
        try part.finish(lineStart &- lastEnding.length, limits, &store, &report)
        lastEnding = .none
        if isFinal {
            isComplete = true
        } else {
            if boundaries >= limits.parts { throw .limited(.parts) }
            part.start(store.count)
        }
        boundaries &+= 1
        beginLine(position &+ 1)
    }

    /// Looks for the delimiter inside a line, and for a boundary behind what should not be before it.
    private mutating func look(
        _ run: Span<UInt8>, _ report: inout BodyReport
    ) throws(BodyStop) {
        if intruder != .none { try lookBehindIntruder(run) }
        var index = 0
        while index < run.count {
            if matched == 0 {
                index = ByteSearch.first(UInt8(ascii: "-"), in: run, from: index)
                if index == run.count { return }
            }
            matched = delimiter.step(matched, run[index])
            if matched == delimiter.count { report.flags.insert(.unmatchedBoundary) }
            index &+= 1
        }
    }

    private mutating func lookBehindIntruder(_ run: Span<UInt8>) throws(BodyStop) {
        for index in run.indices {
            let byte = run[index]
            if intruderMatched < 0 {
                intruderMatched = 0
                continue
            }
            if intruderMatched == 0 && intruder == .whitespace && ASCII.isSpace(byte) { continue }
            if byte != delimiter[2 &+ intruderMatched] {
                intruder = .none
                return
            }
            intruderMatched &+= 1
            if intruderMatched == delimiter.count &- 2 {
                throw .malformed(intruder == .quote ? .boundaryLineQuotes : .boundaryLineWhitespace)
            }
        }
    }

    /// Hands a run to the part, but for a CR at its end that may belong to the line's ending.
    private mutating func takeRun(
        _ run: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if run.count == 0 { return }
        if heldCR {
            heldCR = false
            try part.take(("\r" as StaticString).bytes, lineStart, limits, &store, &report)
        }
        var end = run.count
        if run[end &- 1] == 0x0d {
            heldCR = true
            end &-= 1
        }
        if end > 0 { try part.take(run.extracting(0..<end), lineStart, limits, &store, &report) }
    }
}

/// mod_security2 sees a boundary in a line that begins with two hyphens only if it is longer than this.
private enum LineLength {
    static let shortest = 3
}
