extension Plan {
    /// What an image begins with.
    private static let magic: [UInt8] = Array("MSGPLAN\n".utf8)

    /// The number of this layout; another layout gets another number.
    private static let format: UInt16 = 2

    /// The plan as bytes, from which ``init(decoding:)`` makes an equal plan if this one is sound.
    public func encoded() -> [UInt8] {
        var image = ImageWriter()
        for byte in Plan.magic { image.write(byte) }
        image.write(Plan.format)
        image.write(list: tls) { $1.write(to: &$0) }
        image.write(list: listeners) { $1.write(to: &$0) }
        image.write(list: networks) { $1.write(to: &$0) }
        image.write(list: lists) { $1.write(to: &$0) }
        image.write(list: pools) { $1.write(to: &$0) }
        writeProfiles(to: &image)
        image.write(list: sites) { $1.write(to: &$0) }
        target.write(to: &image)
        zone.write(to: &image)
        limits.write(to: &image)
        forwarding.write(to: &image)
        audit.write(to: &image)
        image.write(optional: workers) { $0.write(number: $1) }
        image.write(list: sources) { $0.write($1) }
        return image.bytes
    }

    private func writeProfiles(to image: inout ImageWriter) {
        image.write(list: pages) { $1.write(to: &$0) }
        image.write(list: headers) { $1.write(to: &$0) }
        image.write(list: errors) { $1.write(to: &$0) }
        image.write(list: rateLimits) { $1.write(to: &$0) }
        image.write(list: firewalls) { $1.write(to: &$0) }
    }

    /// The plan in `image`, which is checked in every part: sizes, counts, texts, ranges, references, and that
    /// nothing follows.
    public init(decoding image: Span<UInt8>) throws(PlanError) {
        if image.count > PlanBounds.image { throw .tooLarge }
        var reader = ImageReader(image)
        for byte in Plan.magic where try reader.byte("the plan's head") != byte { throw .notAPlan }
        let format: UInt16 = try reader.integer("the plan's head")
        if format != Plan.format { throw .unknownFormat(format) }
        try self.init(from: &reader)
        if reader.remaining != 0 { throw .trailingBytes(reader.remaining) }
        try validate()
    }

    private init(from reader: inout ImageReader) throws(PlanError) {
        self.init()
        tls = try reader.list("tls settings", in: 0...PlanBounds.tls) { reader throws(PlanError) in
            try TLSSettings(from: &reader)
        }
        let tlsCount = tls.count
        listeners = try reader.list("listeners", in: 0...PlanBounds.listeners) { reader throws(PlanError) in
            try Listener(from: &reader, tlsCount: tlsCount)
        }
        networks = try reader.list("networks", in: 0...PlanBounds.networks) { reader throws(PlanError) in
            try Network(from: &reader)
        }
        lists = try reader.list("lists", in: 0...PlanBounds.lists) { reader throws(PlanError) in
            try TextList(from: &reader)
        }
        pools = try reader.list("pools", in: 0...PlanBounds.pools) { reader throws(PlanError) in
            try Pool(from: &reader)
        }
        try readProfiles(from: &reader)
        let counts = PlanCounts(self)
        sites = try reader.list("sites", in: 0...PlanBounds.sites) { reader throws(PlanError) in
            try Site(from: &reader, counts)
        }
        target = try TargetSettings(from: &reader)
        zone = try Zone(from: &reader)
        limits = try Limits(from: &reader)
        forwarding = try Forwarding(from: &reader)
        audit = try AuditSettings(from: &reader)
        workers = try reader.optional("workers") { reader throws(PlanError) in
            Int(try reader.integer("workers", as: UInt32.self))
        }
        sources = try reader.list("sources", in: 0...PlanBounds.sources) { reader throws(PlanError) in
            try reader.text("a source's name", limit: PlanBounds.fileName)
        }
    }

    private mutating func readProfiles(from reader: inout ImageReader) throws(PlanError) {
        pages = try reader.list("pages", in: 0...PlanBounds.pages) { reader throws(PlanError) in
            try Page(from: &reader)
        }
        headers = try reader.list("headers", in: 0...PlanBounds.profiles) { reader throws(PlanError) in
            try HeaderProfile(from: &reader)
        }
        let counts = PlanCounts(self)
        errors = try reader.list("errors", in: 0...PlanBounds.profiles) { reader throws(PlanError) in
            try ErrorPages(from: &reader, counts)
        }
        rateLimits = try reader.list("limits", in: 0...PlanBounds.profiles) { reader throws(PlanError) in
            try RateLimit(from: &reader)
        }
        firewalls = try reader.list("wafs", in: 0...PlanBounds.profiles) { reader throws(PlanError) in
            try Firewall(from: &reader)
        }
    }
}

/// How many things there are that a site may refer to, as far as the plan was read.
struct PlanCounts {
    let listeners: Int
    let networks: Int
    let lists: Int
    let pools: Int
    let pages: Int
    let headers: Int
    let errors: Int
    let rateLimits: Int
    let firewalls: Int

    init(_ plan: Plan) {
        listeners = plan.listeners.count
        networks = plan.networks.count
        lists = plan.lists.count
        pools = plan.pools.count
        pages = plan.pages.count
        headers = plan.headers.count
        errors = plan.errors.count
        rateLimits = plan.rateLimits.count
        firewalls = plan.firewalls.count
    }
}
