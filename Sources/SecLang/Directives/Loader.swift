import Policy

/// Reads rule files directive by directive and keeps what they add up to.
struct Loader {
    let log = RuleLog()
    let files: any PolicyFiles
    var items: [RuleSet.Item] = []
    var settings = EngineSettings()
    var summary = RuleSummary()

    /// What `SecDefaultAction` says for each phase.
    var defaults: [Phase: [RuleAction]] = [:]

    /// The chain that is to go on with the next directive.
    var chain: OpenChain?

    /// Where the ids that were used stand. Removed rules keep theirs.
    var ids: [Int: RuleOrigin] = [:]

    /// Where the rules stand among ``items``, by id. Removed rules are not there.
    var positions: [Int: Int] = [:]

    /// Removals and updates that met no rule, for the end.
    var idleSelections: [(selection: RuleSelection, place: PlacedText, index: Int)] = []

    /// The folder of the file that is read, with its slash.
    private(set) var folder = ""

    /// The files that are being read, the innermost last.
    private var open: [String] = []
    private var fileCount = 0

    init(files: any PolicyFiles) { self.files = files }

    /// Access to the files that the current one names.
    var access: FileAccess { FileAccess(log: log, files: files, folder: folder) }

    /// Reads a source that the caller named.
    mutating func read(_ source: RuleSource) {
        switch source {
        case .text(let name, let bytes): read(bytes, name: name)
        case .file(let name):
            // There is no text yet in which a name that cannot be read could be shown: it is a line of its own.
            let number = log.append(Array(name.utf8), name: "rules")
            include(PlacedText(Array(name.utf8), at: log.texts.start(of: number)), isOptional: false)
        }
    }

    /// Reads the files that a name means, which stands at a place.
    mutating func include(_ name: PlacedText, isOptional: Bool) {
        let resolved = access.resolved(name.string)
        if resolved.contains("?") || resolved.contains("[") {
            log.error(name, "file names are matched by '*' alone", hint: "write as rules/*.conf")
            return
        }
        if !resolved.contains("*") {
            if isOptional && !isThere(resolved) { return }
            guard let bytes = access.bytes(of: resolved, at: name) else { return }
            return enter(resolved, bytes, at: name)
        }
        do throws(PolicyFileProblem) {
            let names = try files.names(matching: resolved)
            if names.isEmpty && !isOptional {
                log.error(name, "no file matches \(resolved)", hint: "with IncludeOptional there may be none")
            }
            for match in names {
                guard let bytes = access.bytes(of: match, at: name) else { continue }
                enter(match, bytes, at: name)
            }
        } catch {
            if !isOptional { log.error(name, "the files \(resolved) \(error.message)", hint: error.hint) }
        }
    }

    /// Whether a file of this name is in its folder. One that is there and cannot be read is an error all the same.
    private func isThere(_ name: String) -> Bool {
        do throws(PolicyFileProblem) {
            return try files.names(matching: name + "*").contains(name)
        } catch {
            return false
        }
    }

    private mutating func enter(_ name: String, _ bytes: [UInt8], at place: PlacedText) {
        if open.contains(name) {
            log.error(place, "the file \(name) includes itself")
        } else if open.count >= SecLangBounds.inclusionDepth {
            log.error(place, "files include files more than \(SecLangBounds.inclusionDepth) deep")
        } else {
            read(bytes, name: name)
        }
    }

    private mutating func read(_ bytes: [UInt8], name: String) {
        let number = log.append(bytes, name: name)
        let start = PlacedText(at: log.texts.start(of: number))
        fileCount += 1
        if fileCount > SecLangBounds.files {
            return log.error(start, "there are more than \(SecLangBounds.files) files of rules")
        }
        if bytes.count > SecLangBounds.file || log.texts.count > SecLangBounds.text {
            return log.error(
                start, "the file has more than \(SecLangBounds.file) bytes, or all have more than \(SecLangBounds.text)"
            )
        }
        let outer = folder
        folder = String(name[..<(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)])
        open.append(name)
        var lines = LineReader(number, log)
        var sections = SectionReader(log: log)
        if lines.isReadable() {
            while let line = lines.next() {
                if sections.takes(line) { continue }
                if !sections.isSkipping { read(line) }
            }
            sections.finish()
        }
        open.removeLast()
        folder = outer
    }

    /// Reads one directive.
    private mutating func read(_ line: PlacedText) {
        log.prefix = ""
        var reader = ArgumentReader(line, log)
        guard let words = reader.words(), let name = words.first else { return }
        let arguments = Array(words.dropFirst())
        guard let directive = Directive.named(name.string) else { return readOther(name) }
        summary.count(directive: directive.rawValue)
        guard directive.arguments.contains(arguments.count) else {
            let isTooMany = arguments.count > directive.arguments.upperBound
            return log.error(
                name, "\(directive.rawValue) takes \(Loader.text(directive.arguments)), not \(arguments.count)",
                hint: isTooMany ? "put an argument with white space into quotes" : nil)
        }
        if chain != nil && directive != .secRule && directive != .secAction { breakOffChain(at: name) }
        perform(directive, arguments, at: name)
        log.prefix = ""
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        if range == 0...0 { return "no argument" }
        if range.upperBound == SecLangBounds.arguments { return "at least one argument" }
        if range.lowerBound == range.upperBound {
            return range.lowerBound == 1 ? "1 argument" : "\(range.lowerBound) arguments"
        }
        return "\(range.lowerBound) or \(range.upperBound) arguments"
    }

    private mutating func readOther(_ name: PlacedText) {
        if let (documented, reason) = Directive.withoutEffect[name.word] {
            settings.withoutEffect.append(
                DirectiveWithoutEffect(name: documented, reason: reason, origin: origin(name)))
        } else if let reason = Directive.refusal(of: name.string) {
            log.error(name, "\(name.string) is not supported: \(reason)")
        } else {
            log.error(
                name, "unknown directive '\(name.string)'",
                hint: NearestWord.hint(name.string, among: Directive.names))
        }
    }

    private mutating func perform(_ directive: Directive, _ arguments: [PlacedText], at name: PlacedText) {
        switch directive {
        case .secRule:
            rule(name, targets: arguments[0], test: arguments[1], actions: arguments.count > 2 ? arguments[2] : nil)
        case .secAction: rule(name, targets: nil, test: nil, actions: arguments[0])
        case .secMarker: items.append(.marker(arguments[0].string))
        case .secDefaultAction: defaultAction(arguments[0])
        case .include: include(arguments[0], isOptional: false)
        case .includeOptional: include(arguments[0], isOptional: true)
        case .secRuleRemoveByID, .secRuleRemoveByMessage, .secRuleRemoveByTag:
            removeRules(directive, arguments)
        case .secRuleUpdateTargetByID, .secRuleUpdateTargetByMessage, .secRuleUpdateTargetByTag:
            updateTargets(directive, arguments)
        case .secRuleUpdateActionByID: updateActions(arguments[0], arguments[1])
        default: set(directive, arguments)
        }
    }

    /// Where a text stands.
    func origin(_ text: PlacedText) -> RuleOrigin { origin(from: text.start, to: text.end) }

    /// Where the text between two places stands.
    func origin(from start: Int, to end: Int) -> RuleOrigin {
        let (file, line) = log.texts.line(of: start)
        return RuleOrigin(file: file, line: line, places: start..<max(start, end))
    }

    /// What all texts add up to.
    mutating func finish() -> RuleLoading {
        log.prefix = ""
        if let chain { breakOffChain(at: chain.place) }
        checkSkips()
        checkIdleSelections()
        let isUsable = !log.hasErrors
        let ruleSet = RuleSet(items: items, settings: settings, texts: log.texts)
        return RuleLoading(ruleSet: isUsable ? ruleSet : nil, summary: summary, diagnostics: log.sorted)
    }
}
