import Plan

extension PlanBuilder {
    /// Adds the addresses of a `listen` block.
    mutating func addListeners(_ block: CheckedBlock) {
        let start = plan.listeners.count
        let name = block.name?.text ?? "listen"
        let tls = block.value("tls").map { resolveAll($0, "tls") } ?? []
        let offersHTTP2 = block.word("http2") != "off"
        let knowsHTTP2 = block.word("prior_knowledge") == "on"
        for (word, kind) in [("https", Listener.Kind.https), ("http", .http), ("http_redirect", .redirect)] {
            for value in block.value(word)?.elements ?? [] {
                guard let text = value.text, let address = address(text, value.span) else { continue }
                checkIsFree(address, value.span)
                addressSpans.append(value.span)
                plan.listeners.append(
                    Listener(
                        name: name, kind: kind, address: address, tls: kind == .https ? tls : [],
                        http2: kind == .https ? offersHTTP2 : kind == .http && knowsHTTP2))
            }
        }
        let numbers = Array(start..<plan.listeners.count)
        let port = plan.listeners[start...].first { $0.kind == .https }?.address.port
        for number in numbers where plan.listeners[number].kind == .redirect {
            plan.listeners[number].redirectPort = port ?? 0
        }
        listenersOfBlock.append(numbers)
        checkKinds(block)
    }

    private func checkKinds(_ block: CheckedBlock) {
        if block.isDamaged { return }
        let words = ["https", "http", "http_redirect"].filter { block.attributes[$0] != nil }
        if words.isEmpty {
            log.error(block.span, "a listen block has no address", hint: "write \(block.form.example)")
        } else if !words.contains("https"), let redirect = block.attributes["http_redirect"] {
            log.error(
                redirect.name.span, "'http_redirect' has no https to redirect to",
                hint: "add https = [\"0.0.0.0:443\"] to this block")
        }
        if let https = block.attributes["https"], block.attributes["tls"] == nil {
            log.error(https.name.span, "'https' has no tls", hint: "add tls = NAME, and a block tls NAME { ... }")
        }
        for (word, kind) in [("http2", "https"), ("prior_knowledge", "http")] {
            if let attribute = block.attributes[word], !words.isEmpty, !words.contains(kind) {
                log.error(
                    attribute.name.span, "'\(word)' is for \(kind), and there is none in this block",
                    hint: "remove it, or add \(kind)")
            }
        }
        if let tls = block.attributes["tls"], !words.isEmpty, !words.contains("https") {
            log.error(
                tls.name.span, "'tls' is for https, and there is none in this block", hint: "remove it, or add https")
        }
    }

    private func address(_ text: String, _ span: SourceSpan) -> SocketAddress? {
        guard let (host, port) = split(text, span, example: "0.0.0.0:443") else { return nil }
        if let address = IPAddress(host), address.isIPv4 || text.hasPrefix("[") {
            return SocketAddress(address: address, port: port)
        }
        log.error(
            span, "'\(text)' has no address to listen on",
            hint: "addresses are numbers: 0.0.0.0:\(port) for all of IPv4, [::]:\(port) for all of IPv6")
        return nil
    }

    /// Reports that another listener takes the connections to `address`.
    private func checkIsFree(_ address: SocketAddress, _ span: SourceSpan) {
        // Beyond the bound, which has its own diagnostic, it would take too long.
        if plan.listeners.count > PlanBounds.listeners { return }
        for (number, other) in plan.listeners.enumerated() where other.address.port == address.port {
            guard other.address.family == address.family else { continue }
            let line = log.source.line(of: addressSpans[number].start)
            if other.address == address {
                log.error(span, "the address \(address) stands twice", hint: "first in line \(line)")
            } else if other.address.address.isUnspecified || address.address.isUnspecified {
                log.error(
                    span, "the addresses \(address) and \(other.address) overlap",
                    hint: "the other one is in line \(line); name every address, or all of them at once")
            } else {
                continue
            }
            return
        }
    }

    /// Splits `host:port` or `[address]:port`.
    func split(_ text: String, _ span: SourceSpan, example: String) -> (host: String, port: UInt16)? {
        if let scheme = text.firstRange(of: "://") {
            log.error(
                span, "'\(text)' is a URL",
                hint: "write \(text[scheme.upperBound...]) without \(text[..<scheme.upperBound])")
            return nil
        }
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else {
            log.error(span, "'\(text)' has no port", hint: "write it as \(example)")
            return nil
        }
        var host = String(text[..<colon])
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
            log.error(span, "'\(text)' has no port from 1 to 65535", hint: "write it as \(example)")
            return nil
        }
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            if IPAddress(host) == nil {
                log.error(span, "'\(host)' is not an IPv6 address", hint: "in brackets stands an address such as [::1]")
                return nil
            }
        } else if host.contains(":") {
            log.error(span, "an IPv6 address stands in brackets", hint: "write [\(host)]:\(port)")
            return nil
        } else if host.isEmpty {
            log.error(span, "'\(text)' has no host", hint: "write it as \(example)")
            return nil
        }
        return (host, port)
    }
}

extension IPAddress {
    /// Whether this stands for every address of its family: `0.0.0.0` or `::`.
    fileprivate var isUnspecified: Bool { isIPv4 ? ipv4 == 0 : high == 0 && low == 0 }
}
