extension Site {
    func write(to image: inout ImageWriter) {
        image.write(list: names) { $1.write(to: &$0) }
        image.write(list: listeners) { $0.write(number: $1) }
        image.write(list: rules) { $1.write(to: &$0) }
        image.write(list: routes) { $1.write(to: &$0) }
        profiles.write(to: &image)
        image.write(list: exceptions) { $1.write(to: &$0) }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        names = try reader.list("names of a site", in: 1...PlanBounds.names) { reader throws(PlanError) in
            try HostPattern(from: &reader)
        }
        listeners = try reader.list("listeners of a site", in: 1...PlanBounds.listeners) { reader throws(PlanError) in
            try reader.reference("a site's listener", below: counts.listeners)
        }
        rules = try reader.list("rules of a site", in: 0...PlanBounds.rules) { reader throws(PlanError) in
            try Rule(from: &reader, counts)
        }
        routes = try reader.list("routes of a site", in: 1...PlanBounds.routes) { reader throws(PlanError) in
            try Route(from: &reader, counts)
        }
        profiles = try RouteProfiles(from: &reader, counts)
        exceptions = try reader.list("exceptions of a site", in: 0...PlanBounds.exceptions) {
            reader throws(PlanError) in
            try FirewallException(from: &reader)
        }
        position = try SourcePosition(from: &reader)
    }
}

extension Route {
    func write(to image: inout ImageWriter) {
        pattern.write(to: &image)
        image.write(optional: condition) { $1.write(to: &$0) }
        image.write(optional: methods) { $0.write($1.rawValue) }
        image.write(optional: from) { image, numbers in image.write(list: numbers) { $0.write(number: $1) } }
        image.write(optional: bodyLimit) { $0.write($1) }
        image.write(list: rules) { $1.write(to: &$0) }
        action.write(to: &image)
        image.write(optional: path) { $1.write(to: &$0) }
        profiles.write(to: &image)
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        pattern = try PathPattern(from: &reader, "a route's path")
        condition = try Condition.optional(from: &reader, "a route's condition", counts)
        methods = try reader.optional("a route's methods") { reader throws(PlanError) in
            MethodSet(rawValue: try reader.integer("a route's methods"))
        }
        from = try reader.optional("a route's from") { reader throws(PlanError) in
            try reader.list("networks of a route", in: 1...PlanBounds.networks) { reader throws(PlanError) in
                try reader.reference("a route's from", below: counts.networks)
            }
        }
        bodyLimit = try reader.optional("a route's body") { reader throws(PlanError) in
            try reader.integer("a route's body")
        }
        rules = try reader.list("rules of a route", in: 0...PlanBounds.rules) { reader throws(PlanError) in
            try Rule(from: &reader, counts)
        }
        action = try Action(from: &reader, counts)
        path = try reader.optional("a route's path rewriting") { reader throws(PlanError) in
            try PathRewrite(from: &reader)
        }
        profiles = try RouteProfiles(from: &reader, counts)
        position = try SourcePosition(from: &reader)
    }
}

extension Route.Action {
    func write(to image: inout ImageWriter) {
        switch self {
        case .proxy(let pool):
            image.write(1 as UInt8)
            image.write(number: pool)
        case .split(let split):
            image.write(2 as UInt8)
            split.write(to: &image)
        case .redirect(let redirect):
            image.write(3 as UInt8)
            redirect.write(to: &image)
        case .respond(let response):
            image.write(4 as UInt8)
            response.write(to: &image)
        case .maintenance(let maintenance):
            image.write(5 as UInt8)
            maintenance.write(to: &image)
        }
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        switch try reader.byte("a route's action") {
        case 1: self = .proxy(pool: try reader.reference("a route's pool", below: counts.pools))
        case 2: self = .split(try Split(from: &reader, counts))
        case 3: self = .redirect(try Redirect(from: &reader))
        case 4: self = .respond(try FixedResponse(from: &reader))
        case 5: self = .maintenance(try Maintenance(from: &reader, counts))
        default: throw .outOfRange("a route's action")
        }
    }
}

extension PathPattern {
    func write(to image: inout ImageWriter) {
        image.write(kind.rawValue)
        image.write(path)
    }

    init(from reader: inout ImageReader, _ part: String) throws(PlanError) {
        let kind = try reader.choice(part, as: Kind.self)
        self.init(kind, try reader.octets(part, limit: PlanBounds.path))
    }
}

extension SourcePosition {
    func write(to image: inout ImageWriter) {
        image.write(line)
        image.write(column)
        image.write(file)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init(
            line: try reader.integer("a position"), column: try reader.integer("a position"),
            file: try reader.integer("a position"))
    }
}
