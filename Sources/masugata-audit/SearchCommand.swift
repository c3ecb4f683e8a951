internal import ArgumentParser
internal import Audit
internal import Sys

/// `masugata-audit search`
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Shows the records that fit all of the options given.",
        discussion: """
            An option that is given several times fits when one of its values does.

            Times are RFC 3339 (2026-11-23, 2026-11-23T18:00, 2026-11-23T18:00:00+09:00; without a zone UTC) or a time \
            before now (90s, 30m, 2h, 7d). In texts, * stands for any run of characters.
            """)

    @OptionGroup var log: LogOptions

    @Option(help: ArgumentHelp("Records of this time and later.", valueName: "time"))
    var from: Moment?

    @Option(help: ArgumentHelp("Records before this time.", valueName: "time"))
    var to: Moment?

    @Option(help: ArgumentHelp("The client's address, or a block such as 10.0.0.0/8.", valueName: "address"))
    var client: [ClientBlock] = []

    @Option(help: ArgumentHelp("The status: 404, 4xx or 500-503.", valueName: "status"))
    var status: [StatusPattern] = []

    @Option(help: ArgumentHelp("The site's name, or the host asked for.", valueName: "name"))
    var site: [String] = []

    @Option(help: ArgumentHelp("The beginning of the path, or the whole with *: '/static/*.js'.", valueName: "path"))
    var path: [String] = []

    @Option(help: ArgumentHelp("The method, in capitals as requests have it.", valueName: "method"))
    var method: [String] = []

    @Option(help: ArgumentHelp("The reason code of a refusal.", valueName: "code"))
    var reason: [String] = []

    @Option(
        help: ArgumentHelp(
            "A rule that applied: of the policy by its name, of a firewall by its number.", valueName: "rule"))
    var rule: [String] = []

    @Option(help: ArgumentHelp("What was done: allow or deny.", valueName: "action"))
    var action: [Action] = []

    @Option(help: ArgumentHelp("The reference id that stands on an error page.", valueName: "id"))
    var id: [String] = []

    @Option(help: ArgumentHelp("Events of this name, such as 'process.*'.", valueName: "name"))
    var event: [String] = []

    @Option(help: ArgumentHelp("End after so many records.", valueName: "n"))
    var limit: Int?

    /// What was done with a request.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case allow, deny
    }

    /// The clock may have been set back between two segments: so much the times in their names are not trusted.
    private static let clockSlack: UInt64 = 600_000_000

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
        for id in id where id.utf8.count != 16 || id.contains(where: { !$0.isHexDigit }) {
            throw ValidationError("--id takes the 16 hexadecimal digits of a reference id, not '\(id)'.")
        }
        if let from, let to, from.time >= to.time { throw ValidationError("--from must be before --to.") }
    }

    func run() throws {
        var report = Report(json: log.json)
        let folder = try LogDirectory(log.directory)
        let segments = try folder.segments()
        var left = limit ?? .max
        for (index, segment) in segments.enumerated() where left > 0 {
            // All records of a segment were written before the next one was begun.
            if let from, index + 1 < segments.count,
                segments[index + 1].begun < from.time.earlier(by: SearchCommand.clockSlack)
            {
                continue
            }
            try search(folder, segment, isNewest: index == segments.count - 1, &left, &report)
        }
        try report.end()
    }

    private func search(
        _ folder: LogDirectory, _ segment: SegmentName, isNewest: Bool, _ left: inout Int, _ report: inout Report
    ) throws {
        guard var reader = try folder.openIfThere(segment) else { return }
        let filter = filter
        while left > 0, try reader.advance() {
            if report.show(reader.line, of: reader.place, filter) { left -= 1 }
        }
        // Of the newest segment the last line may just be being written.
        if left > 0 && reader.hasRest && !isNewest { report.broken(reader.restPlace, "it has no line end") }
        report.flush()
    }

    private var filter: RecordFilter {
        var filter = RecordFilter()
        filter.from = from?.time
        filter.until = to?.time
        filter.clients = client
        filter.statuses = status
        filter.sites = site.map { TextPattern($0.lowercased()) }
        filter.paths = path.map { TextPattern($0, isPrefix: true) }
        filter.methods = method
        filter.reasons = reason.map { TextPattern($0) }
        filter.rules = rule.map { TextPattern($0) }
        filter.actions = action.map(\.rawValue)
        filter.identifiers = id.map { $0.lowercased() }
        filter.events = event.map { TextPattern($0) }
        return filter
    }
}
