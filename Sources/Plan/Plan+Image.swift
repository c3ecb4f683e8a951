extension Plan {
    /// What an image begins with.
    private static let magic: [UInt8] = Array("MSGPLAN\n".utf8)

    /// The number of this layout; another layout gets another number.
    private static let format: UInt16 = 1

    /// The plan as bytes, from which ``init(decoding:)`` makes an equal plan if this one is sound.
    public func encoded() -> [UInt8] {
        var image = ImageWriter()
        for byte in Plan.magic { image.write(byte) }
        image.write(Plan.format)
        image.write(list: tls) { $1.write(to: &$0) }
        image.write(list: listeners) { $1.write(to: &$0) }
        image.write(list: networks) { $1.write(to: &$0) }
        image.write(list: pools) { $1.write(to: &$0) }
        image.write(list: sites) { $1.write(to: &$0) }
        limits.write(to: &image)
        forwarding.write(to: &image)
        audit.write(to: &image)
        image.write(optional: workers) { $0.write(number: $1) }
        return image.bytes
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
        (lists, headers, errors, pages, rateLimits, firewalls) = ([], [], [], [], [], [])
        (target, zone, sources) = (TargetSettings(), Zone(), [])
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
        pools = try reader.list("pools", in: 0...PlanBounds.pools) { reader throws(PlanError) in
            try Pool(from: &reader)
        }
        let counts = PlanCounts(listeners: listeners.count, networks: networks.count, pools: pools.count)
        sites = try reader.list("sites", in: 0...PlanBounds.sites) { reader throws(PlanError) in
            try Site(from: &reader, counts)
        }
        limits = try Limits(from: &reader)
        forwarding = try Forwarding(from: &reader)
        audit = try AuditSettings(from: &reader)
        workers = try reader.optional("workers") { reader throws(PlanError) in
            Int(try reader.integer("workers", as: UInt32.self))
        }
    }
}

/// How many things there are that a site may refer to.
struct PlanCounts {
    let listeners: Int
    let networks: Int
    let pools: Int
}
