extension HeaderProfile {
    func write(to image: inout ImageWriter) {
        image.write(optional: name) { $0.write($1) }
        image.write(list: request) { $1.write(to: &$0) }
        image.write(list: response) { $1.write(to: &$0) }
        image.write(list: hide) { $0.write($1) }
        image.write(optional: secure) { image, secure in
            image.write(list: secure.fields) { image, field in
                image.write(field.name)
                image.write(field.value)
                image.write(field.needsTLS)
            }
            image.write(secure.overwrites)
        }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.name(optional: "a headers' name")
        request = try reader.list("changes of a request", in: 0...PlanBounds.edits) { reader throws(PlanError) in
            try HeaderEdit(from: &reader)
        }
        response = try reader.list("changes of a response", in: 0...PlanBounds.edits) { reader throws(PlanError) in
            try HeaderEdit(from: &reader)
        }
        hide = try reader.list("hidden fields", in: 0...PlanBounds.edits) { reader throws(PlanError) in
            try reader.text("a hidden field's name", limit: PlanBounds.name)
        }
        secure = try reader.optional("secure headers") { reader throws(PlanError) in
            let fields = try reader.list("secure headers", in: 1...PlanBounds.edits) { reader throws(PlanError) in
                SecureHeaders.Field(
                    try reader.text("a secure header's name", limit: PlanBounds.name),
                    try reader.octets("a secure header's value", limit: PlanBounds.fieldValue),
                    needsTLS: try reader.flag("a secure header"))
            }
            return SecureHeaders(fields: fields, overwrites: try reader.flag("secure headers"))
        }
        position = try SourcePosition(from: &reader)
    }
}

extension HeaderEdit {
    func write(to image: inout ImageWriter) {
        image.write(operation.rawValue)
        image.write(name)
        image.write(value)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        operation = try reader.choice("a change of a field")
        name = try reader.text("a changed field's name", limit: PlanBounds.name)
        value = try reader.octets("a changed field's value", limit: PlanBounds.fieldValue)
    }
}

extension ErrorPages {
    func write(to image: inout ImageWriter) {
        image.write(optional: name) { $0.write($1) }
        image.write(list: entries) { image, entry in
            image.write(entry.status)
            image.write(number: entry.page)
        }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        name = try reader.name(optional: "an errors' name")
        entries = try reader.list("pages of an errors", in: 1...PlanBounds.edits) { reader throws(PlanError) in
            let status: UInt16 = try reader.integer("an error's status")
            return Entry(status: status, page: try reader.reference("an error's page", below: counts.pages))
        }
        position = try SourcePosition(from: &reader)
    }
}

extension Page {
    func write(to image: inout ImageWriter) {
        image.write(file)
        image.write(type)
        image.write(body)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        file = try reader.text("a page's file", limit: PlanBounds.fileName)
        type = try reader.text("a page's type", limit: PlanBounds.note)
        body = try reader.octets("a page", limit: PlanBounds.page)
    }
}

extension RateLimit {
    func write(to image: inout ImageWriter) {
        image.write(name)
        switch key {
        case .client: image.write(1 as UInt8)
        case .clientPrefix: image.write(2 as UInt8)
        case .header(let name): image.write(3, name)
        case .cookie(let name): image.write(4, name)
        }
        image.write(count)
        image.write(period)
        image.write(burst)
        switch excess {
        case .reject(let status): image.write(status)
        case .delay: image.write(0 as UInt16)
        }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a limit's name", limit: PlanBounds.name)
        switch try reader.byte("a limit's key") {
        case 1: key = .client
        case 2: key = .clientPrefix
        case 3: key = .header(try reader.octets("a limit's header", limit: PlanBounds.name))
        case 4: key = .cookie(try reader.octets("a limit's cookie", limit: PlanBounds.name))
        default: throw .outOfRange("a limit's key")
        }
        count = try reader.integer("a limit's rate")
        period = try reader.integer("a limit's rate")
        burst = try reader.integer("a limit's burst")
        let status: UInt16 = try reader.integer("a limit's status")
        excess = status == 0 ? .delay : .reject(status: status)
        position = try SourcePosition(from: &reader)
    }
}

extension Firewall {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: rules) { $0.write($1) }
        image.write(paranoia)
        image.write(blockAt)
        image.write(mode.rawValue)
        image.write(body)
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a waf's name", limit: PlanBounds.name)
        rules = try reader.list("rules of a waf", in: 1...PlanBounds.firewallRules) { reader throws(PlanError) in
            try reader.text("a waf's rules", limit: PlanBounds.fileName)
        }
        paranoia = try reader.byte("a waf's paranoia")
        blockAt = try reader.integer("a waf's block_at")
        mode = try reader.choice("a waf's mode")
        body = try reader.integer("a waf's body")
        position = try SourcePosition(from: &reader)
    }
}

extension FirewallException {
    func write(to image: inout ImageWriter) {
        image.write(rule)
        switch target {
        case .request: image.write(0 as UInt8)
        case .form(let name): image.write(1, name)
        case .query(let name): image.write(2, name)
        case .header(let name): image.write(3, name)
        case .cookie(let name): image.write(4, name)
        }
        image.write(optional: pattern) { $1.write(to: &$0) }
        image.write(because)
        image.write(optional: until) { $0.write(UInt64(bitPattern: $1)) }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        rule = try reader.integer("an exception's rule")
        switch try reader.byte("an exception's target") {
        case 0: target = .request
        case 1: target = .form(try reader.octets("an exception's target", limit: PlanBounds.name))
        case 2: target = .query(try reader.octets("an exception's target", limit: PlanBounds.name))
        case 3: target = .header(try reader.octets("an exception's target", limit: PlanBounds.name))
        case 4: target = .cookie(try reader.octets("an exception's target", limit: PlanBounds.name))
        default: throw .outOfRange("an exception's target")
        }
        pattern = try reader.optional("an exception's path") { reader throws(PlanError) in
            try PathPattern(from: &reader, "an exception's path")
        }
        because = try reader.text("an exception's because", limit: PlanBounds.note)
        until = try reader.optional("an exception's until") { reader throws(PlanError) in
            Int64(bitPattern: try reader.integer("an exception's until"))
        }
        position = try SourcePosition(from: &reader)
    }
}

extension RouteProfiles {
    func write(to image: inout ImageWriter) {
        image.write(optional: headers) { $0.write(number: $1) }
        image.write(optional: errors) { $0.write(number: $1) }
        image.write(optional: rewrite) { $1.write(to: &$0) }
        image.write(list: limits) { $0.write(number: $1) }
        image.write(optional: firewall) { $0.write(number: $1) }
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        headers = try reader.reference(optional: "a use of headers", below: counts.headers)
        errors = try reader.reference(optional: "a use of errors", below: counts.errors)
        rewrite = try reader.optional("a rewrite") { reader throws(PlanError) in try ResponseRewrite(from: &reader) }
        limits = try reader.list("uses of a limit", in: 0...PlanBounds.rateLimits) { reader throws(PlanError) in
            try reader.reference("a use of a limit", below: counts.rateLimits)
        }
        firewall = try reader.reference(optional: "a use of a waf", below: counts.firewalls)
    }
}
