internal import ArgumentParser
internal import Audit
internal import Sys

/// What is printed: records on standard output, broken lines on standard error.
struct Report {
    private let json: Bool
    private var output: [UInt8] = []
    private var table = RecordTable()
    private var brokenLines = 0

    /// Bytes that are collected before they are written.
    private static let fill = 64 << 10

    /// A report in JSON, or for people.
    init(json: Bool) { self.json = json }

    /// Shows a line if it is a record that `filter` lets through. Answers whether it was shown.
    @discardableResult
    mutating func show(_ line: Span<UInt8>, of place: Place, _ filter: RecordFilter? = nil) -> Bool {
        do throws(LineError) {
            let record = try RecordLine(line)
            if let filter, !filter.matches(record) { return false }
            if json {
                for index in line.indices { output.append(line[index]) }
            } else {
                table.append(record, to: &output)
            }
            output.append(UInt8(ascii: "\n"))
            if output.count >= Report.fill { flush() }
            return true
        } catch {
            broken(place, error.description)
            return false
        }
    }

    /// Reports a line that cannot be read.
    mutating func broken(_ place: Place, _ text: String) {
        flush()
        brokenLines += 1
        StandardError.write("\(place.path):\(place.line): broken line: \(text)")
    }

    /// Writes what was collected.
    mutating func flush() {
        // Whoever reads this may have had enough; then the signal for it ends the program.
        try? File.write(1, output.span)
        output.removeAll(keepingCapacity: true)
    }

    /// Ends the report: with exit code 2 when lines were broken.
    mutating func end() throws {
        flush()
        if brokenLines > 0 { throw ExitCode(2) }
    }
}
