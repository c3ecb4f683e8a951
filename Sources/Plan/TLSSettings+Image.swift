extension TLSSettings {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: certificates) { image, files in
            image.write(files.certificate)
            image.write(files.key)
        }
        image.write(minimum.rawValue)
        image.write(maximum.rawValue)
        image.write(unknownName.rawValue)
        image.write(sessionTickets)
        image.write(ticketEpoch)
        image.write(list: names) { $1.write(to: &$0) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a tls name", limit: PlanBounds.name)
        certificates = try reader.list("certificates of a tls", in: 1...PlanBounds.certificates) {
            reader throws(PlanError) in
            CertificateFiles(
                certificate: try reader.text("a certificate's file name", limit: PlanBounds.fileName),
                key: try reader.text("a key's file name", limit: PlanBounds.fileName))
        }
        minimum = try reader.choice("a tls minimum")
        maximum = try reader.choice("a tls maximum")
        unknownName = try reader.choice("a tls unknown_name")
        sessionTickets = try reader.flag("a tls session_tickets")
        ticketEpoch = try reader.integer("a tls ticket_epoch")
        names = try reader.list("names of a tls", in: 0...PlanBounds.names) { reader throws(PlanError) in
            try HostPattern(from: &reader)
        }
    }
}

extension HostPattern {
    func write(to image: inout ImageWriter) {
        switch self {
        case .exact(let name):
            image.write(1 as UInt8)
            image.write(name)
        case .wildcard(let name):
            image.write(2 as UInt8)
            image.write(name)
        case .any:
            image.write(3 as UInt8)
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        switch try reader.byte("a host") {
        case 1: self = .exact(try reader.text("a host", limit: PlanBounds.host))
        case 2: self = .wildcard(try reader.text("a host", limit: PlanBounds.host))
        case 3: self = .any
        default: throw .outOfRange("a host")
        }
    }
}
