import Bytes
import Plan

extension PlanBuilder {
    /// The routes of a `site` block.
    mutating func routes(of block: CheckedBlock) -> [Route] {
        var routes: [Route] = []
        var taken: [PathPattern: [(methods: MethodSet, span: SourceSpan)]] = [:]
        for routeBlock in block.blocks("route") {
            guard let route = route(routeBlock) else { continue }
            let methods = route.methods ?? .all
            let others = taken[route.pattern, default: []]
            if let other = others.first(where: { !$0.methods.isDisjoint(with: methods) }) {
                let shared =
                    other.methods == .all && methods == .all ? "" : " for \(other.methods.intersection(methods))"
                log.error(
                    routeBlock.span, "two routes are equally specific: both are for '\(route.pattern)'\(shared)",
                    hint: "the other is in line \(log.source.line(of: other.span.start))")
            }
            taken[route.pattern, default: []].append((methods, routeBlock.span))
            routes.append(route)
        }
        return routes
    }

    private mutating func route(_ block: CheckedBlock) -> Route? {
        let pool = block.value("to").flatMap { resolve($0, "pool") }
        let from = block.value("from").map { resolveAll($0, "network") }
        guard let label = block.labels.first, let text = label.text, let pattern = pattern(text, label.span) else {
            return nil
        }
        return Route(
            pattern: pattern, methods: block.value("methods").map { methods($0) }, from: from,
            bodyLimit: block.number("body"), action: .proxy(pool: pool ?? 0), position: position(block.span))
    }

    /// The methods that a list names. A server that answers GET answers HEAD (RFC 9110 section 9.1).
    private func methods(_ value: Value) -> MethodSet {
        var methods: MethodSet = []
        for element in value.elements {
            guard case .reference(let parts) = element.kind else { continue }
            let name = Array(parts.joined(separator: ".").utf8)
            if let bit = MethodSet.bit(of: name.span) { methods.insert(MethodSet(bit: bit)) }
        }
        if methods.contains(bit: 0) { methods.insert(MethodSet(bit: 1)) }
        return methods
    }

    private func pattern(_ text: String, _ span: SourceSpan) -> PathPattern? {
        let isPrefix = text.hasSuffix("/*")
        let path = Array((isPrefix ? String(text.dropLast()) : text).utf8)
        if path.count > PlanBounds.path {
            log.error(span, "the path has more than \(PlanBounds.path) bytes")
        } else if path.first != UInt8(ascii: "/") {
            log.error(span, "the path '\(text)' does not begin with '/'", hint: "write \"/\(text)\"")
        } else if path.contains(UInt8(ascii: "*")) {
            log.error(
                span, "an asterisk stands only at the end, after a slash",
                hint: "\"/x/*\" is for /x/ and all below it")
        } else if path.contains(UInt8(ascii: "?")) || path.contains(UInt8(ascii: "#")) {
            log.error(
                span, "a route is for a path, without a query or a fragment", hint: "remove what begins with '?' or '#'"
            )
        } else if !PlanText.isCanonicalPath(path) {
            let canonical = canonical(path)
            log.error(
                span, "requests never have the path '\(text)' after normalisation",
                hint: PlanText.isCanonicalPath(canonical)
                    ? "write \"\(String(decoding: canonical, as: UTF8.self))\(isPrefix ? "*" : "")\"" : nil)
        } else {
            return PathPattern(isPrefix ? .prefix : .exact, path)
        }
        return nil
    }

    /// The form in which a request for `path` is matched, for the hint: what must be percent-encoded is, what need not
    /// be is not, and empty and dot segments are gone.
    private func canonical(_ path: [UInt8]) -> [UInt8] {
        var segments: [[UInt8]] = []
        let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let segment = canonicalSegment(Array(part))
            let isDots = segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
            if segment.elementsEqual("..".utf8) { _ = segments.popLast() }
            if !isDots && !segment.isEmpty { segments.append(segment) }
            if index == parts.count - 1 && (isDots || segment.isEmpty) { segments.append([]) }
        }
        return Array("/".utf8) + Array(segments.joined(separator: "/".utf8))
    }

    private func canonicalSegment(_ segment: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < segment.count {
            var byte = segment[index]
            var isEncoded = false
            if byte == UInt8(ascii: "%"), index + 2 < segment.count,
                let high = ASCII.hexadecimalValue(segment[index + 1]),
                let low = ASCII.hexadecimalValue(segment[index + 2])
            {
                byte = high << 4 | low
                isEncoded = true
                index += 2
            }
            if isEncoded ? PlanText.isUnreserved(byte) : PlanText.isPathByte(byte) {
                result.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += Array("%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
            }
            index += 1
        }
        return result
    }
}
