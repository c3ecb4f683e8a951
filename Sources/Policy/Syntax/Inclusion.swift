import Plan

/// Reads the policy with the files that it includes.
struct Inclusion {
    private let log: DiagnosticLog
    private let files: any PolicyFiles

    /// The tokens that were read so far.
    private var tokenCount = 0

    init(_ log: DiagnosticLog, _ files: any PolicyFiles) {
        self.log = log
        self.files = files
    }

    /// The whole policy as one tree, in which the texts of files stand where they are included; nil when the main file
    /// can not be read.
    mutating func tree() -> Body? {
        guard let main = lastFileAsTree() else { return nil }
        var whole = Body()
        var included: [String: SourceSpan] = [:]
        for item in main.items {
            guard case .statement(let statement) = item, statement.word.text == PolicyWords.include.word else {
                whole.items.append(item)
                continue
            }
            guard statement.labels.count == 1, let name = statement.labels[0].text else {
                // What is wrong with it, the checker of forms tells.
                whole.items.append(item)
                continue
            }
            for file in names(name, statement.labels[0].span) {
                if let first = included.updateValue(statement.span, forKey: file) {
                    log.error(
                        statement.labels[0].span, "the file '\(file)' is included twice",
                        hint: "first in line \(log.source.line(of: first.start))")
                } else {
                    whole.items += items(of: file, statement.labels[0].span)
                }
            }
        }
        return whole
    }

    private func names(_ name: String, _ span: SourceSpan) -> [String] {
        if !PlanText.isFileName(name) {
            log.error(span, "this is not a file name", hint: "write \(PolicyWords.include.example)")
            return []
        }
        guard let asterisk = name.firstIndex(of: "*") else { return [name] }
        let rest = name[name.index(after: asterisk)...]
        if rest.contains("*") || rest.contains("/") {
            log.error(
                span, "one asterisk stands in the last part of the name", hint: "write \(PolicyWords.include.example)")
            return []
        }
        do throws(PolicyFileProblem) {
            return try files.names(matching: name)
        } catch {
            log.error(span, "the files '\(name)': \(error.message)", hint: error.hint)
            return []
        }
    }

    private mutating func items(of name: String, _ span: SourceSpan) -> [Item] {
        if log.source.fileNames.count >= PlanBounds.sources {
            log.error(span, "more than \(PlanBounds.sources) files are included")
            return []
        }
        do throws(PolicyFileProblem) {
            let text = try files.contents(of: name, limit: PolicyBounds.text)
            if log.source.text.count + text.count > PolicyBounds.allText {
                log.error(span, "all files together have more than \(PolicyBounds.allText) bytes")
                return []
            }
            log.append(text, fileName: name)
        } catch {
            log.error(span, "the file '\(name)' \(error.message)", hint: error.hint)
            return []
        }
        return (lastFileAsTree()?.items ?? []).filter { item in
            guard case .statement(let statement) = item, statement.word.text == PolicyWords.include.word else {
                return true
            }
            log.error(
                statement.span, "an included file includes no others",
                hint: "include both in \(log.source.fileNames[0])")
            return false
        }
    }

    private mutating func lastFileAsTree() -> Body? {
        let limit = PolicyBounds.tokens - tokenCount
        guard log.source.isReadable(log), let tokens = Lexer.tokens(of: log.source, limit: limit, log) else {
            return nil
        }
        tokenCount += tokens.count
        return Parser.parse(tokens, log)
    }
}
