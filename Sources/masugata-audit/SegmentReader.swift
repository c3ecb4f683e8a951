internal import Audit
internal import Glibc
internal import Sys

/// Where a line stands.
struct Place: Equatable {
    var path: String
    /// From 1.
    var line: Int
}

/// Reads a segment line by line. At the end it can be asked again: the file may have grown.
struct SegmentReader: ~Copyable {
    /// The segment's name.
    let name: SegmentName

    private let path: String
    private let file: Descriptor
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var filled = 0
    private var lineStart = 0
    private var lineEnd = 0
    private var next = 0
    private var offset = 0
    private var number = 0

    /// Bytes of the longest line that is read as one; log writers write none that is longer.
    private static let lineLimit = 1 << 20

    /// Reads from the start of an open file.
    init(_ file: consuming Descriptor, _ name: SegmentName, path: String) {
        self.file = file
        self.name = name
        self.path = path
    }

    /// The line, without its end.
    var line: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span.extracting(lineStart..<lineEnd) }
    }

    /// A copy of the line.
    func copyOfLine() -> [UInt8] { Array(buffer[lineStart..<lineEnd]) }

    /// Where the line stands.
    var place: Place { Place(path: path, line: number) }

    /// Where the bytes without a line end stand.
    var restPlace: Place { Place(path: path, line: number + 1) }

    /// Whether bytes without a line end are left.
    var hasRest: Bool { filled > next }

    /// Goes on to the next line. Answers false when no whole line is there (yet).
    /// A line that is longer than can be comes in pieces, none of which is a record.
    mutating func advance() throws(Errno) -> Bool {
        var searched = next
        while true {
            while searched < filled && buffer[searched] != UInt8(ascii: "\n") { searched += 1 }
            if searched < filled || searched - next >= SegmentReader.lineLimit {
                lineStart = next
                lineEnd = searched
                next = min(searched + 1, filled)
                number += 1
                return true
            }
            searched -= next
            if try !fill() {
                lineStart = next
                lineEnd = next
                return false
            }
            searched += next
        }
    }

    /// Reads more behind what is left, which goes to the front. Answers false at the end of the file.
    private mutating func fill() throws(Errno) -> Bool {
        if next > 0 {
            buffer.replaceSubrange(0..<(filled - next), with: Array(buffer[next..<filled]))
            filled -= next
            next = 0
        }
        if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
        let (start, room) = (filled, buffer.count - filled)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe pread(file.raw, $0.baseAddress.map { unsafe $0 + start }, room, offset)
        }
        if count < 0 { throw Errno.last("pread") }
        filled += count
        offset += count
        return count > 0
    }
}
