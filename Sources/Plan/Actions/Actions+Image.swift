extension Rule {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(optional: condition) { $1.write(to: &$0) }
        action.write(to: &image)
        image.write(optional: note) { $0.write($1) }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        name = try reader.text("a rule's name", limit: PlanBounds.name)
        condition = try Condition.optional(from: &reader, "a rule's condition", counts)
        action = try Action(from: &reader, counts)
        note = try reader.optional("a rule's note") { reader throws(PlanError) in
            try reader.text("a rule's note", limit: PlanBounds.note)
        }
        position = try SourcePosition(from: &reader)
    }
}

extension Rule.Action {
    func write(to image: inout ImageWriter) {
        switch self {
        case .deny(let status, let page):
            image.write(1 as UInt8)
            image.write(status)
            image.write(optional: page) { $0.write(number: $1) }
        case .allow: image.write(2 as UInt8)
        case .redirect(let redirect):
            image.write(3 as UInt8)
            redirect.write(to: &image)
        case .respond(let response):
            image.write(4 as UInt8)
            response.write(to: &image)
        case .log: image.write(5 as UInt8)
        }
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        switch try reader.byte("a rule's action") {
        case 1:
            let status: UInt16 = try reader.integer("a rule's status")
            self = .deny(status: status, page: try reader.reference(optional: "a rule's page", below: counts.pages))
        case 2: self = .allow
        case 3: self = .redirect(try Redirect(from: &reader))
        case 4: self = .respond(try FixedResponse(from: &reader))
        case 5: self = .log
        default: throw .outOfRange("a rule's action")
        }
    }
}

extension Redirect {
    func write(to image: inout ImageWriter) {
        image.write(status)
        image.write(list: target) { image, part in
            switch part {
            case .text(let text): image.write(1, text)
            case .host: image.write(2 as UInt8)
            case .path: image.write(3 as UInt8)
            case .query: image.write(4 as UInt8)
            }
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        status = try reader.integer("a redirect's status")
        target = try reader.list("parts of a redirect", in: 1...PlanBounds.redirectParts) { reader throws(PlanError) in
            switch try reader.byte("a redirect's target") {
            case 1: return .text(try reader.octets("a redirect's target", limit: PlanBounds.redirect))
            case 2: return .host
            case 3: return .path
            case 4: return .query
            default: throw .outOfRange("a redirect's target")
            }
        }
    }
}

extension FixedResponse {
    func write(to image: inout ImageWriter) {
        image.write(status)
        image.write(type)
        image.write(body)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        status = try reader.integer("a response's status")
        type = try reader.text("a response's type", limit: PlanBounds.note)
        body = try reader.octets("a response's body", limit: PlanBounds.page)
    }
}

extension Split {
    func write(to image: inout ImageWriter) {
        image.write(list: shares) { image, share in
            image.write(number: share.pool)
            image.write(share.portion)
        }
        switch key {
        case .cookie(let name): image.write(1, name)
        case .header(let name): image.write(2, name)
        case .client: image.write(3 as UInt8)
        case .random: image.write(4 as UInt8)
        }
        image.write(list: forced) { image, forced in
            image.write(forced.value)
            image.write(number: forced.pool)
        }
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        shares = try reader.list("shares of a split", in: 2...PlanBounds.shares) { reader throws(PlanError) in
            let pool = try reader.reference("a share's pool", below: counts.pools)
            return Share(pool: pool, portion: try reader.integer("a share"))
        }
        switch try reader.byte("a split's key") {
        case 1: key = .cookie(try reader.octets("a split's cookie", limit: PlanBounds.name))
        case 2: key = .header(try reader.octets("a split's header", limit: PlanBounds.name))
        case 3: key = .client
        case 4: key = .random
        default: throw .outOfRange("a split's key")
        }
        forced = try reader.list("forced values of a split", in: 0...PlanBounds.shares) { reader throws(PlanError) in
            let value = try reader.octets("a split's forced value", limit: PlanBounds.operand)
            return Forced(value: value, pool: try reader.reference("a forced value's pool", below: counts.pools))
        }
    }
}

extension Maintenance {
    func write(to image: inout ImageWriter) {
        image.write(list: except) { $0.write(number: $1) }
        image.write(optional: pool) { $0.write(number: $1) }
        image.write(optional: page) { $0.write(number: $1) }
        image.write(retryAfter)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        except = try reader.list("networks of a maintenance", in: 0...PlanBounds.networks) {
            reader throws(PlanError) in
            try reader.reference("a maintenance's network", below: counts.networks)
        }
        pool = try reader.reference(optional: "a maintenance's pool", below: counts.pools)
        page = try reader.reference(optional: "a maintenance's page", below: counts.pages)
        retryAfter = try reader.integer("a maintenance's retry_after")
    }
}

extension PathRewrite {
    func write(to image: inout ImageWriter) {
        image.write(optional: strip) { $0.write($1) }
        image.write(optional: replace) { image, replacement in
            image.write(replacement.beginning)
            image.write(replacement.substitute)
        }
        image.write(optional: prepend) { $0.write($1) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        strip = try reader.optional("a path's strip") { reader throws(PlanError) in
            try reader.octets("a path's strip", limit: PlanBounds.path)
        }
        replace = try reader.optional("a path's replace") { reader throws(PlanError) in
            let beginning = try reader.octets("a path's replace", limit: PlanBounds.path)
            return Replacement(beginning, with: try reader.octets("a path's replace", limit: PlanBounds.path))
        }
        prepend = try reader.optional("a path's prepend") { reader throws(PlanError) in
            try reader.octets("a path's prepend", limit: PlanBounds.path)
        }
    }
}

extension ResponseRewrite {
    func write(to image: inout ImageWriter) {
        image.write(location)
        image.write(list: hosts) { $0.write($1) }
        image.write(optional: cookies) { image, cookies in
            image.write(cookies.domain)
            image.write(cookies.path)
            image.write(cookies.secure)
            image.write(cookies.httpOnly)
            image.write(optional: cookies.sameSite) { $0.write($1.rawValue) }
        }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        location = try reader.flag("a rewrite's location")
        hosts = try reader.list("hosts of a rewrite", in: 0...PlanBounds.names) { reader throws(PlanError) in
            try reader.text("a rewrite's host", limit: PlanBounds.host)
        }
        cookies = try reader.optional("a rewrite's cookies") { reader throws(PlanError) in
            Cookies(
                domain: try reader.flag("a rewrite's domain"), path: try reader.flag("a rewrite's path"),
                secure: try reader.flag("a rewrite's secure"), httpOnly: try reader.flag("a rewrite's http_only"),
                sameSite: try reader.optional("a rewrite's same_site") { reader throws(PlanError) in
                    try reader.choice("a rewrite's same_site")
                })
        }
        position = try SourcePosition(from: &reader)
    }
}
