extension AuditSettings {
    func write(to image: inout ImageWriter) {
        image.write(optional: directory) { $0.write($1) }
        switch accessLog {
        case .off: image.write(0 as UInt8)
        case .standard: image.write(1 as UInt8)
        case .file(let name):
            image.write(2 as UInt8)
            image.write(name)
        }
        image.write(must.rawValue)
        image.write(onFull.rawValue)
        image.write(segmentSize)
        image.write(segmentAge)
        image.write(optional: keep) { $0.write($1) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        directory = try reader.optional("the audit directory") { reader throws(PlanError) in
            try reader.text("the audit directory", limit: PlanBounds.fileName)
        }
        switch try reader.byte("the access log") {
        case 0: accessLog = .off
        case 1: accessLog = .standard
        case 2: accessLog = .file(try reader.text("the access log", limit: PlanBounds.fileName))
        default: throw .outOfRange("the access log")
        }
        must = RecordKinds(rawValue: try reader.integer("the audit's must"))
        onFull = try reader.choice("the audit's on_full")
        segmentSize = try reader.integer("the audit's segment_size")
        segmentAge = try reader.integer("the audit's segment_age")
        keep = try reader.optional("the audit's keep") { reader throws(PlanError) in
            try reader.integer("the audit's keep")
        }
    }
}

extension Forwarding {
    func write(to image: inout ImageWriter) {
        image.write(received.rawValue)
        image.write(via)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        received = try reader.choice("what is done with received forwarding fields")
        via = try reader.text("the name in Via", limit: PlanBounds.name)
    }
}
