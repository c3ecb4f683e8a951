import Policy

/// The texts that rules were read from, one behind the other, so that a place is one number whatever file it is in.
struct RuleTexts: Sendable {
    private struct File: Sendable {
        let name: String
        let start: Int
        let bytes: [UInt8]
        let lineStarts: [Int]
    }

    private var files: [File] = []
    private(set) var count = 0

    /// The names of the files in the order in which they were read; one that was read twice stands there twice.
    var names: [String] { files.map(\.name) }

    /// Adds a text and returns its number.
    mutating func append(_ bytes: [UInt8], name: String) -> Int {
        var lineStarts = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
        files.append(File(name: name, start: count, bytes: bytes, lineStarts: lineStarts))
        // A place behind the last byte belongs to the text too.
        count += bytes.count + 1
        return files.count - 1
    }

    /// The place of the first byte of text `number`.
    func start(of number: Int) -> Int { files[number].start }

    /// The bytes of text `number`.
    func bytes(of number: Int) -> [UInt8] { files[number].bytes }

    /// The text and the line, from 1, of a place.
    func line(of place: Int) -> (file: Int, line: Int) {
        let file = last(files.count) { files[$0].start <= place }
        let starts = files[file].lineStarts
        return (file, last(starts.count) { starts[$0] + files[file].start <= place } + 1)
    }

    /// A diagnostic about the bytes between two places. What reaches into the next line is shown on its first.
    func diagnostic(
        _ severity: Diagnostic.Severity, _ message: String, hint: String?, from start: Int, to end: Int
    ) -> Diagnostic {
        if files.isEmpty {
            return Diagnostic(severity, message, hint: hint, fileName: "", line: 1, column: 1, length: 1, text: "")
        }
        let (file, line) = line(of: start)
        let bytes = files[file].bytes
        let lineStart = files[file].lineStarts[line - 1]
        var lineEnd = line < files[file].lineStarts.count ? files[file].lineStarts[line] - 1 : bytes.count
        if lineEnd > lineStart && bytes[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
        let from = min(start - files[file].start, lineEnd)
        let to = min(max(end - files[file].start, from), lineEnd)
        return Diagnostic(
            severity, message, hint: hint, fileName: files[file].name, line: line,
            column: characters(bytes[lineStart..<from]) + 1, length: max(characters(bytes[from..<to]), 1),
            text: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self))
    }

    private func characters(_ bytes: ArraySlice<UInt8>) -> Int { String(decoding: bytes, as: UTF8.self).count }

    /// The last index below `count` for which `holds` is true; it is true for the first and then false from some on.
    private func last(_ count: Int, where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
