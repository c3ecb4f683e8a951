extension Site {
    func write(to image: inout ImageWriter) {
        image.write(list: names) { $1.write(to: &$0) }
        image.write(list: listeners) { $0.write(number: $1) }
        image.write(list: routes) { $1.write(to: &$0) }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        (rules, profiles, exceptions) = ([], RouteProfiles(), [])
        names = try reader.list("names of a site", in: 1...PlanBounds.names) { reader throws(PlanError) in
            try HostPattern(from: &reader)
        }
        listeners = try reader.list("listeners of a site", in: 1...PlanBounds.listeners) { reader throws(PlanError) in
            try reader.reference("a site's listener", below: counts.listeners)
        }
        routes = try reader.list("routes of a site", in: 1...PlanBounds.routes) { reader throws(PlanError) in
            try Route(from: &reader, counts)
        }
        position = try SourcePosition(from: &reader)
    }
}

extension Route {
    func write(to image: inout ImageWriter) {
        image.write(pattern.kind.rawValue)
        image.write(pattern.path)
        image.write(optional: methods) { $0.write($1.rawValue) }
        image.write(optional: from) { image, numbers in image.write(list: numbers) { $0.write(number: $1) } }
        image.write(optional: bodyLimit) { $0.write($1) }
        switch action {
        case .proxy(let pool):
            image.write(1 as UInt8)
            image.write(number: pool)
        default: preconditionFailure("the image has no room for this action yet")
        }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        (condition, rules, path, profiles) = (nil, [], nil, RouteProfiles())
        let kind = try reader.choice("a route's pattern", as: PathPattern.Kind.self)
        pattern = PathPattern(kind, try reader.octets("a route's path", limit: PlanBounds.path))
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
        switch try reader.byte("a route's action") {
        case 1: action = .proxy(pool: try reader.reference("a route's pool", below: counts.pools))
        default: throw .outOfRange("a route's action")
        }
        position = try SourcePosition(from: &reader)
    }
}

extension SourcePosition {
    func write(to image: inout ImageWriter) {
        image.write(line)
        image.write(column)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init(line: try reader.integer("a position"), column: try reader.integer("a position"))
    }
}
