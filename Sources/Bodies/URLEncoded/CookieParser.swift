internal import Bytes

/// The `Cookie` field as mod_security2 reads it in its format 0 (of Netscape): pairs between semicolons, or between
/// commas when there is no semicolon; white space before a name does not belong to it, nothing is decoded, and what
/// has no name is no cookie.
enum CookieParser {
    static func parse(
        _ field: Span<UInt8>, _ limits: BodyLimits, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        let semicolon = UInt8(ascii: ";")
        let hasSemicolon = ByteSearch.first(semicolon, in: field, from: 0) < field.count
        let separator = hasSemicolon ? semicolon : UInt8(ascii: ",")
        var start = 0
        while start < field.count {
            let end = ByteSearch.first(separator, in: field, from: start)
            report.inspected = start
            try take(field, start..<end, limits, &store, &report)
            start = end + 1
        }
    }

    private static func take(
        _ field: Span<UInt8>, _ range: Range<Int>, _ limits: BodyLimits, _ store: inout ValueStore,
        _ report: inout BodyReport
    ) throws(BodyStop) {
        let pair = field.extracting(range)
        var start = 0
        while start < pair.count, ASCII.isSpace(pair[start]) { start += 1 }
        let equals = ByteSearch.first(UInt8(ascii: "="), in: pair, from: start)
        if equals == start { return }
        let value = min(equals + 1, pair.count)
        if equals - start > limits.nameLength { throw .limited(.nameLength) }
        if pair.count - value > limits.valueLength { throw .limited(.valueLength) }
        if report.arguments >= limits.arguments { throw .limited(.arguments) }
        let nameStart = store.front
        try store.append(pair.extracting(start..<equals))
        let valueStart = store.front
        try store.append(pair.extracting(value..<pair.count))
        let origin = (range.lowerBound + value)..<range.upperBound
        try store.add(
            ValueEntry(.cookie, name: nameStart..<valueStart, value: valueStart..<store.front, origin: origin))
        report.arguments += 1
    }
}
