import Bytes
import Plan

extension PlanBuilder {
    /// What a route does; nil when that is wrong.
    mutating func action(of block: CheckedBlock) -> Route.Action? {
        let attributes = ["to", "redirect"].compactMap { block.attributes[$0] }.map { ($0.name.text, $0.name.span) }
        let blocks = ["split", "respond", "maintenance"].compactMap { block.blocks($0).first }
            .map { ($0.form.word, $0.span) }
        let actions = (attributes + blocks).sorted { $0.1.start < $1.1.start }
        if let status = block.attributes["status"], block.attributes["redirect"] == nil {
            log.error(
                status.name.span, "'status' is that of a redirect, and there is none",
                hint: "add redirect = \"https://...\", or put it into respond { ... }")
        }
        let isServing = actions.contains { $0.0 == "maintenance" } && actions.contains { $0.0 == "to" }
        guard let action = actions.first else {
            if !block.isDamaged {
                log.error(
                    block.span, "the route does nothing",
                    hint: "write to = NAME of a pool, or redirect, respond, split or maintenance")
            }
            return nil
        }
        if actions.count > (isServing ? 2 : 1) {
            let other = actions[1]
            log.error(
                other.1, "a route does one thing: '\(action.0)' and '\(other.0)' exclude each other", hint: "remove one"
            )
            return nil
        }
        if isServing || action.0 == "maintenance" {
            return block.blocks("maintenance").first.flatMap { maintenance($0, to: block.value("to")) }
        }
        switch action.0 {
        case "to": return block.value("to").flatMap { resolve($0, "pool") }.map { .proxy(pool: $0) }
        case "split": return block.blocks("split").first.flatMap { split($0) }.map { .split($0) }
        case "respond": return block.blocks("respond").first.flatMap { response($0) }.map { .respond($0) }
        default: return block.value("redirect").flatMap { redirect($0, block) }.map { .redirect($0) }
        }
    }

    private mutating func maintenance(_ block: CheckedBlock, to value: Value?) -> Route.Action? {
        var maintenance = Maintenance()
        maintenance.pool = value.flatMap { resolve($0, "pool") }
        maintenance.except = block.value("except").map { resolveAll($0, "network") } ?? []
        if let page = block.value("page") { maintenance.page = self.page(page) }
        maintenance.retryAfter = block.number("retry_after") ?? 0
        if maintenance.retryAfter % 1_000 != 0, let value = block.value("retry_after") {
            log.error(value.span, "'retry_after' is told in whole seconds", hint: "write it in s, m or h")
        }
        if let except = block.attributes["except"], value == nil {
            log.error(
                except.name.span, "'except' needs a pool for those that are served", hint: "add to = NAME to the route")
        }
        if value != nil && block.attributes["except"] == nil {
            log.error(
                block.span, "'to' serves nobody here: the maintenance excepts no network",
                hint: "add except = NAME of a network, or remove to")
        }
        return .maintenance(maintenance)
    }

    // MARK: Splits

    private mutating func split(_ block: CheckedBlock) -> Split? {
        guard let value = block.value("to") else { return nil }
        if case .wrong = value.kind { return nil }
        var shares: [Split.Share] = []
        var isSound = true
        var pool: Value?
        for element in value.elements {
            switch element.kind {
            case .percent(let portion):
                guard let named = pool else {
                    log.error(element.span, "a share stands behind its pool", hint: "write \(block.form.example)")
                    return nil
                }
                pool = nil
                guard let number = resolve(named, "pool") else {
                    isSound = false
                    continue
                }
                isSound = add(Split.Share(pool: number, portion: UInt32(portion)), named, element, &shares) && isSound
            default:
                if let pool { return missingShare(pool, block) }
                pool = element
            }
        }
        if let pool { return missingShare(pool, block) }
        let key = key(of: block)
        let forced = forced(block, key)
        return isSound && isWhole(shares, value) ? Split(shares: shares, key: key, forced: forced) : nil
    }

    private func missingShare(_ pool: Value, _ block: CheckedBlock) -> Split? {
        log.error(pool.span, "the share of this pool is missing", hint: "write \(block.form.example)")
        return nil
    }

    private func add(_ share: Split.Share, _ pool: Value, _ portion: Value, _ shares: inout [Split.Share]) -> Bool {
        if share.portion == 0 {
            log.error(portion.span, "a pool gets more than nothing", hint: "remove it, or give it at least 0.01%")
            return false
        }
        if shares.contains(where: { $0.pool == share.pool }) {
            log.error(pool.span, "the pool '\(log.source.string(pool.span))' stands twice in this list")
            return false
        }
        shares.append(share)
        return true
    }

    private func isWhole(_ shares: [Split.Share], _ value: Value) -> Bool {
        let sum = shares.reduce(0) { $0 + Int($1.portion) }
        if shares.count < 2 {
            log.error(value.span, "a split has two pools or more", hint: "with one, write to = NAME in the route")
        } else if shares.count > PlanBounds.shares {
            log.error(value.span, "the split has \(shares.count) pools, more than \(PlanBounds.shares)")
        } else if sum != Int(Split.whole) {
            let fraction = sum % 100 == 0 ? "" : ".\(sum % 100 < 10 ? "0" : "")\(sum % 100)"
            log.error(value.span, "the shares make \(sum / 100)\(fraction)%, not 100%")
        } else {
            return true
        }
        return false
    }

    private func key(of block: CheckedBlock) -> Split.Key {
        guard let value = block.value("by") else { return .client }
        switch value.kind {
        case .indexed(["cookie"], let name) where isName(name, value.span, of: "cookie", isToken: true):
            return .cookie(Array(name.utf8))
        case .indexed(["header"], let name) where isName(name, value.span, of: "header", isToken: true):
            return .header(Array(name.lowercased().utf8))
        case .reference(["random"]): return .random
        default: return .client
        }
    }

    private mutating func forced(_ block: CheckedBlock, _ key: Split.Key) -> [Split.Forced] {
        guard let force = block.blocks("force").first else { return [] }
        if key == .client || key == .random {
            log.error(
                force.span, "'force' needs a cookie or a header that is looked at",
                hint: "write by = cookie[\"name\"] or by = header[\"name\"]")
            return []
        }
        if force.entries.count > PlanBounds.shares {
            log.error(force.span, "there are \(force.entries.count) values, more than \(PlanBounds.shares)")
        }
        return force.entries.compactMap { entry in
            guard let pool = resolve(entry.value, "pool"), let text = entry.key.text else { return nil }
            if text.isEmpty || text.utf8.count > PlanBounds.operand {
                log.error(entry.key.span, "a value has 1 to \(PlanBounds.operand) bytes")
                return nil
            }
            return Split.Forced(value: Array(text.utf8), pool: pool)
        }
    }

    // MARK: Answers

    /// The fixed answer of a block with its words.
    func response(_ block: CheckedBlock) -> FixedResponse? {
        var response = FixedResponse(status: UInt16(block.number("status") ?? 200))
        response.body = Array((block.text("body") ?? "").utf8)
        response.type = block.text("type") ?? response.type
        if let value = block.value("type"), !PlanText.isMediaType(response.type) {
            log.error(
                value.span, "'\(response.type)' is not a media type", hint: "write it as \"text/html; charset=utf-8\"")
            return nil
        }
        if response.body.count > PlanBounds.page, let value = block.value("body") {
            log.error(value.span, "the body has more than \(PlanBounds.page) bytes")
            return nil
        }
        if (response.status == 204 || response.status == 304) && !response.body.isEmpty, let value = block.value("body")
        {
            log.error(value.span, "an answer with status \(response.status) has no body", hint: "remove it")
            return nil
        }
        return response
    }

    /// The redirect to what `value` says, with the status of `block`.
    func redirect(_ value: Value, _ block: CheckedBlock) -> Redirect? {
        var status = Redirect.statuses[0]
        if let value = block.value("status"), let number = block.number("status") {
            status = UInt16(number)
            if !Redirect.statuses.contains(status) {
                log.error(
                    value.span, "\(number) does not redirect",
                    hint: "301 and 308 are for ever, 302, 303 and 307 for now; 307 and 308 keep the method")
                return nil
            }
        }
        guard let text = value.text, let target = target(text, value.span) else { return nil }
        return Redirect(target: target, status: status)
    }

    /// The pieces of a redirect's target.
    private func target(_ text: String, _ span: SourceSpan) -> [Redirect.Part]? {
        var parts: [Redirect.Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.text(Array(rest[..<open].utf8))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                log.error(span, "a '{' in the URL is not closed", hint: "placeholders are {host}, {path} and {query}")
                return nil
            }
            let name = String(rest[rest.index(after: open)..<close])
            switch name {
            case "host": parts.append(.host)
            case "path": parts.append(.path)
            case "query": parts.append(.query)
            default:
                log.error(
                    span, "unknown placeholder '{\(name)}'",
                    hint: Suggestion.nearest(to: name, among: ["host", "path", "query"]).map { "did you mean {\($0)}?" }
                        ?? "placeholders are {host}, {path} and {query}")
                return nil
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(Array(rest.utf8))) }
        return isTarget(parts, text, span) ? parts : nil
    }

    private func isTarget(_ parts: [Redirect.Part], _ text: String, _ span: SourceSpan) -> Bool {
        let texts: [UInt8] = parts.flatMap { part -> [UInt8] in if case .text(let text) = part { text } else { [] } }
        if !texts.allSatisfy({ PlanText.isURIByte($0) }) {
            log.error(span, "the URL holds what must be percent-encoded", hint: "write a blank as %20")
            return false
        }
        if !["https://", "http://", "/"].contains(where: { text.hasPrefix($0) }) {
            log.error(
                span, "a redirect leads to a URL with its scheme, or to a path",
                hint: text.hasPrefix("{host}") ? "write \"https://\(text)\"" : "write \"https://...\" or \"/...\"")
            return false
        }
        if (try? Redirect(target: parts).validate()) == nil {
            let isOpen = text.hasPrefix("//") || text.hasPrefix("/{")
            log.error(
                span, isOpen ? "what begins with two slashes leads to another host" : "the URL has no host",
                hint: isOpen
                    ? "write the path behind one slash, or \"https://{host}{path}\"" : "write \"https://{host}/...\"")
            return false
        }
        return true
    }

    // MARK: Paths

    func rewriting(_ block: CheckedBlock, of pattern: PathPattern) -> PathRewrite? {
        var rewrite = PathRewrite()
        if let value = block.value("strip"), let text = value.text {
            rewrite.strip = beginning(text, value.span, "strip")
            if let strip = rewrite.strip { checkApplies(strip, pattern, value.span, "strip") }
        }
        if let value = block.value("replace"), case .list(let pair) = value.kind, let from = pair[0].text,
            let to = pair[1].text, let old = beginning(from, pair[0].span, "replace")
        {
            let new = to.isEmpty || to == "/" ? [] : beginning(to, pair[1].span, "replace")
            if let new { rewrite.replace = PathRewrite.Replacement(old, with: new) }
            if rewrite.strip == nil { checkApplies(old, pattern, pair[0].span, "replace") }
        }
        if let value = block.value("prepend"), let text = value.text {
            rewrite.prepend = beginning(text, value.span, "prepend")
        }
        if block.attributes.isEmpty && !block.isDamaged {
            log.error(block.span, "nothing changes the path here", hint: "write \(block.form.example)")
            return nil
        }
        return rewrite.strip == nil && rewrite.replace == nil && rewrite.prepend == nil ? nil : rewrite
    }

    private func beginning(_ text: String, _ span: SourceSpan, _ word: String) -> [UInt8]? {
        let path = Array(text.utf8)
        if PlanText.isPathBeginning(path) { return path }
        let canonical = CanonicalText.path(path.first == UInt8(ascii: "/") ? path : [UInt8(ascii: "/")] + path)
        let trimmed = canonical.last == UInt8(ascii: "/") ? Array(canonical.dropLast()) : canonical
        log.error(
            span, "'\(word)' takes the beginning of a path, from a slash up to the next",
            hint: PlanText.isPathBeginning(trimmed)
                ? "write \"\(String(decoding: trimmed, as: UTF8.self))\"" : "write it as \"/app\"")
        return nil
    }

    /// Reports that no path of a route begins so.
    private func checkApplies(_ beginning: [UInt8], _ pattern: PathPattern, _ span: SourceSpan, _ word: String) {
        let slash = [UInt8(ascii: "/")]
        let isBelow = (pattern.path + slash).starts(with: beginning + slash)
        let isAbove = pattern.kind == .prefix && beginning.starts(with: pattern.path)
        if !isBelow && !isAbove {
            let text = String(decoding: beginning, as: UTF8.self)
            log.error(
                span,
                "'\(word)' never applies: no path of this route begins with '\(text)'",
                hint: "this route is for '\(pattern)'")
        }
    }
}
