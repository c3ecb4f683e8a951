internal import ArgumentParser
internal import Audit
internal import Sys

/// `masugata-audit tail`
struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Shows the last records, and with -f the new ones as they come.")

    @OptionGroup var log: LogOptions

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many records to begin with.", valueName: "n"))
    var lines = 10

    @Flag(name: .shortAndLong, help: "Go on with new records until interrupted.")
    var follow = false

    /// Milliseconds between two looks for new records.
    private static let pause: Int32 = 250

    func validate() throws {
        if lines < 0 { throw ValidationError("-n takes a number from 0.") }
    }

    func run() throws {
        var report = Report(json: log.json)
        let folder = try LogDirectory(log.directory)
        let segments = try folder.segments()
        var kept: [Line] = []
        var newest: SegmentReader?
        for segment in segments.reversed() where newest == nil || kept.count < lines {
            var reader = try folder.open(segment)
            kept = try lastLines(of: &reader, lines - kept.count) + kept
            if newest == nil { newest = consume reader }
        }
        for line in kept { report.show(line.bytes.span, of: line.place) }
        report.flush()
        if follow { try self.follow(folder, from: newest, &report) }
        try report.end()
    }

    private struct Line {
        var bytes: [UInt8]
        var place: Place
    }

    /// Reads to the end of what is there.
    private func lastLines(of reader: inout SegmentReader, _ count: Int) throws -> [Line] {
        var lines: [Line] = []
        while try reader.advance() {
            if count == 0 { continue }
            lines.append(Line(bytes: reader.copyOfLine(), place: reader.place))
            if lines.count >= 2 * count { lines.removeFirst(lines.count - count) }
        }
        return lines.suffix(count)
    }

    private func follow(_ folder: LogDirectory, from newest: consuming SegmentReader?, _ report: inout Report) throws {
        var current = newest
        var poller = try Poller(capacity: 1)
        while true {
            // The names first: a segment that has a successor gets nothing more.
            let own = current?.name
            let successor = try folder.segments().first { name in own.map { $0 < name } ?? true }
            while try current?.advance() ?? false {
                if let place = current?.place, let line = current?.copyOfLine() { report.show(line.span, of: place) }
            }
            report.flush()
            if let successor {
                current = try folder.open(successor)
            } else {
                _ = poller.wait(milliseconds: TailCommand.pause)
            }
        }
    }
}
