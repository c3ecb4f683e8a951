internal import Bytes

/// One part of a multipart body: its headers, then its value or file.
struct PartReader {
    enum Place: UInt8 {
        case preamble, headers, text, file
    }

    /// How far the current header line is.
    enum HeaderLine: UInt8 {
        case start, folding, content
    }

    private(set) var place = Place.preamble
    /// Whether a line of data was complete.
    private(set) var hasData = false
    private var headerLine = HeaderLine.start
    private var firstEntry = 0
    private var lineStart = 0
    private var lineOrigin = 0
    private var pendingEnding = LineEnding.none
    private var name = 0..<0
    private var valueStart = 0
    private var valueOrigin = 0
    /// Bytes of the file.
    private var length = 0

    /// Whether the parser is in the white space at the beginning of a folded header line.
    var isFolding: Bool { place == .headers && headerLine == .folding }

    /// Begins a part whose first entry will be at `firstEntry`.
    mutating func start(_ firstEntry: Int) {
        self = PartReader()
        place = .headers
        self.firstEntry = firstEntry
    }

    /// Takes bytes of a line, without its ending. `origin` is the place of the line in the body.
    mutating func take(
        _ run: Span<UInt8>, _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) {
        switch place {
        case .preamble: break
        case .headers: try takeHeader(run, origin, limits, &store, &report)
        case .text, .file:
            try flushEnding(limits, &store, &report)
            try takeData(run, limits, &store, &report)
        }
    }

    /// Takes the end of a line that was no boundary. `origin` is the place of its LF.
    mutating func endLine(
        _ ending: LineEnding, _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) {
        switch place {
        case .preamble: report.flags.insert(.dataBefore)
        case .headers:
            report.flags.insert(ending == .crlf ? .crlfLine : .lfLine)
            try endHeader(origin, limits, &store, &report)
        case .text, .file:
            try flushEnding(limits, &store, &report)
            pendingEnding = ending
            hasData = true
        }
    }

    /// Enters the part's value, or the size of its file. `end` is the place behind it in the body.
    mutating func finish(
        _ end: Int, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let place = self.place
        self.place = .preamble
        let start = min(valueOrigin, end)
        switch place {
        case .preamble: break
        case .headers: report.flags.insert(.invalidPart)
        case .text:
            try store.add(
                ValueEntry(.bodyArgument, name: name, value: valueStart..<store.front, origin: start..<end))
            report.arguments &+= 1
        case .file:
            if limits.fileContent > 0 {
                try store.add(
                    ValueEntry(.fileContent, name: name, value: valueStart..<store.front, origin: start..<end))
            }
            let sizeStart = store.front
            try store.append(decimal: length)
            try store.add(ValueEntry(.fileSize, name: name, value: sizeStart..<store.front, origin: start..<end))
        }
    }

    /// Enters what there is of a value or file, after the parsing was stopped.
    mutating func abandon(
        _ end: Int, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) {
        if place == .text || place == .file { try? finish(end, limits, &store, &report) }
    }

    /// How much of `range`, which is not empty, can be taken at once without anything to refuse in it: one byte at
    /// least, which may be refused. `held` bytes are taken before it.
    func runEnd(
        _ bytes: Span<UInt8>, _ range: Range<Int>, held: Int, _ limits: BodyLimits, _ store: borrowing ValueStore
    ) -> Int {
        let stored = store.back - store.front
        let room: Int
        switch place {
        case .preamble: room = range.count
        case .headers:
            let count = ByteSearch.first(0, in: bytes.extracting(range), from: 0)
            room = headerLine == .content ? min(stored, limits.partHeaderBytes - (store.front - lineStart)) : 0
            return range.lowerBound + max(1, min(count, room - held))
        case .text: room = min(stored, limits.valueLength - (store.front - valueStart))
        case .file: room = limits.fileContent - length <= 0 ? range.count + held + 2 : stored
        }
        return range.lowerBound + max(1, min(range.count, room - held - pendingEnding.length))
    }

    private mutating func flushEnding(
        _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let ending = pendingEnding
        pendingEnding = .none
        switch ending {
        case .none: break
        case .lf: try takeData(("\n" as StaticString).bytes, limits, &store, &report)
        case .crlf: try takeData(("\r\n" as StaticString).bytes, limits, &store, &report)
        }
    }

    private mutating func takeData(
        _ run: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if place == .file {
            let kept = min(run.count, max(0, limits.fileContent - length))
            length &+= run.count
            report.fileBytes &+= run.count
            try store.append(run.extracting(0..<kept))
            return
        }
        let room = limits.valueLength - (store.front - valueStart)
        try store.append(run.extracting(0..<min(run.count, room)))
        if run.count > room { throw .limited(.valueLength) }
    }
}

// The headers.
extension PartReader {
    private mutating func takeHeader(
        _ run: Span<UInt8>, _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) {
        var start = 0
        if headerLine == .start { try beginHeader(run[0], origin, limits, &store, &report) }
        if headerLine == .folding {
            while start < run.count, ASCII.isSpace(run[start]) {
                if run[start] != 0x20 && run[start] != 0x09 { report.flags.insert(.invalidHeaderFolding) }
                start &+= 1
            }
            if start == run.count { return }
            headerLine = .content
        }
        let rest = run.extracting(start..<run.count)
        if ByteSearch.first(0, in: rest, from: 0) < rest.count { throw .malformed(.partHeaderNUL) }
        let room = max(0, limits.partHeaderBytes - (store.front - lineStart))
        try store.append(rest.extracting(0..<min(room, rest.count)))
        if rest.count > room { throw .limited(.partHeaderBytes) }
    }

    private mutating func beginHeader(
        _ first: UInt8, _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        if ASCII.isSpace(first) {
            report.flags.insert(.headerFolding)
            if store.count == firstEntry { throw .malformed(.partHeaderFolding) }
            headerLine = .folding
            lineStart = store[store.count &- 1].value.lowerBound
            try store.append(0x20)
        } else {
            if store.count &- firstEntry >= limits.partHeaders { throw .limited(.partHeaders) }
            headerLine = .content
            lineStart = store.front
            lineOrigin = origin
        }
    }

    private mutating func endHeader(
        _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let ended = headerLine
        headerLine = .start
        if ended == .start {
            try endHeaders(origin, limits, &store, &report)
        } else if store.count > firstEntry && lineStart == store[store.count &- 1].value.lowerBound {
            // White space alone: the line's ending counts as white space of the wrong kind, as in mod_security2.
            if ended == .folding { report.flags.insert(.invalidHeaderFolding) }
            store.extendLast(originEnd: origin)
        } else {
            try enterHeader(origin, &store)
        }
    }

    /// Enters a header line, under no name yet: the name of its part comes with one of the lines.
    private mutating func enterHeader(_ origin: Int, _ store: inout ValueStore) throws(BodyStop) {
        let colon = PartReader.colon(lineStart..<store.front, store)
        if colon == store.front { throw .malformed(.partHeaderColon) }
        if colon == lineStart { throw .malformed(.partHeaderName) }
        for index in firstEntry..<store.count {
            let start = store[index].value.lowerBound
            let other = start..<PartReader.colon(store[index].value, store)
            let one = store.bytes.span(lineStart, colon)
            if ASCII.equalIgnoringCase(one, store.bytes.span(other.lowerBound, other.upperBound)) {
                throw .malformed(.partHeaderDuplicate)
            }
        }
        try store.add(
            ValueEntry(
                .partHeader, name: 0..<0, value: lineStart..<store.front,
                origin: min(lineOrigin, origin)..<origin))
    }

    /// The place of the first colon in `range` of the store's bytes; its end when there is none.
    private static func colon(_ range: Range<Int>, _ store: borrowing ValueStore) -> Int {
        let line = store.bytes.span(range.lowerBound, range.upperBound)
        return range.lowerBound + ByteSearch.first(UInt8(ascii: ":"), in: line, from: 0)
    }

    /// The empty line behind the headers: says what the part is.
    private mutating func endHeaders(
        _ origin: Int, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        var disposition = ContentDisposition(try findDisposition(store))
        try disposition.parse(&store, &report)
        guard let name = disposition.name else { throw .malformed(.dispositionName) }
        if name.count > limits.nameLength { throw .limited(.nameLength) }
        self.name = name
        store.setName(name, from: firstEntry)
        if let extended = disposition.extendedFileName { try enterFile(extended, &store) }
        if let fileName = disposition.fileName { try enterFile(fileName, &store) }
        if disposition.isFile {
            try store.add(ValueEntry(.fileField, name: name, value: name, origin: lineOrigin..<lineOrigin))
            report.files &+= 1
            if report.files > limits.files { report.flags.insert(.fileLimitExceeded) }
        } else if report.arguments >= limits.arguments {
            throw .limited(.arguments)
        }
        place = disposition.isFile ? .file : .text
        valueOrigin = origin &+ 1
        valueStart = store.front
    }

    private func enterFile(_ fileName: Range<Int>, _ store: inout ValueStore) throws(BodyStop) {
        try store.add(ValueEntry(.fileName, name: name, value: fileName, origin: lineOrigin..<lineOrigin))
    }

    /// Where the value of `Content-Disposition` stands in the store.
    private func findDisposition(_ store: borrowing ValueStore) throws(BodyStop) -> Range<Int> {
        for index in firstEntry..<store.count {
            let line = store[index].value
            let colon = PartReader.colon(line, store)
            if ASCII.equalIgnoringCase(store.bytes.span(line.lowerBound, colon), "content-disposition") {
                return (colon + 1)..<line.upperBound
            }
        }
        throw .malformed(.dispositionMissing)
    }
}
