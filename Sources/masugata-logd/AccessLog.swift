internal import Audit
internal import Sys

/// The access log in combined format. A convenience: what cannot be written is given up and counted, never waited for.
struct AccessLog: ~Copyable {
    private let folder: LogFolder
    private let name: String
    private var file: Descriptor?
    private var size = 0
    private var lines = LineBuffer(lineLimit: RequestEntry.recordLineLimit)

    /// The file `name` in `folder`, made when the first line is written.
    init(_ folder: consuming LogFolder, name: String) {
        self.folder = folder
        self.name = name
    }

    /// Appends a line; it is written with the next ``flush()``.
    /// - Throws: why earlier lines could not be written and were given up.
    mutating func append(_ entry: borrowing RequestEntry) throws(Errno) {
        defer { lines.append(combined: entry) }
        if lines.pending >= LineBuffer.fill { try flush() }
    }

    /// Writes what was appended.
    /// - Throws: why it could not be written; it is given up then, except the rest of a line that was begun.
    mutating func flush() throws(Errno) {
        if lines.isEmpty { return }
        do throws(Errno) {
            if file == nil { file = try folder.openForAppending(name, creating: true) }
            guard let raw = file?.raw else { return }
            try lines.write(to: raw, size: &size)
        } catch {
            _ = lines.dropLines()
            throw error
        }
    }
}
