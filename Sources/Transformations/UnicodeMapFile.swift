import Bytes

/// Reads files of the form of `unicode.mapping`.
enum UnicodeMapFile {
    typealias Entry = (code: UInt16, byte: UInt8)

    static func entries(_ file: Span<UInt8>, codePage: Int) throws(UnicodeMapError) -> [Entry] {
        var start = 0
        var line = 1
        while start < file.count {
            let end = ByteSearch.first(0x0a, in: file, from: start)
            if number(file, start, end) == codePage && end < file.count {
                let next = ByteSearch.first(0x0a, in: file, from: end + 1)
                return try entries(file.extracting(end + 1..<next), line: line + 1)
            }
            start = end + 1
            line += 1
        }
        throw .missing(codePage: codePage)
    }

    /// The number at the start of the line, unless an entry is what begins with it.
    private static func number(_ file: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var value = 0
        var index = start
        while index < end && ASCII.isDigit(file[index]) && index - start < 6 {
            value = value * 10 + Int(file[index] - 0x30)
            index += 1
        }
        let isWhole = index == end || Whitespace.isSpace(file[index])
        return index > start && isWhole ? value : nil
    }

    private static func entries(_ text: Span<UInt8>, line: Int) throws(UnicodeMapError) -> [Entry] {
        var entries: [Entry] = []
        var index = 0
        while index < text.count {
            if Whitespace.isSpace(text[index]) {
                index += 1
                continue
            }
            guard let code = Hexadecimal.four(text, at: index), index + 4 < text.count, text[index + 4] == 0x3a,
                let byte = Hexadecimal.two(text, at: index + 5)
            else { throw .malformed(line: line) }
            entries.append((code, byte))
            index += 7
        }
        return entries
    }
}
