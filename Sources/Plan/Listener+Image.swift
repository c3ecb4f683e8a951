extension Listener {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(kind.rawValue)
        address.write(to: &image)
        image.write(list: tls) { $0.write(number: $1) }
        image.write(redirectPort)
        image.write(http2)
    }

    init(from reader: inout ImageReader, tlsCount: Int) throws(PlanError) {
        name = try reader.text("a listener's name", limit: PlanBounds.name)
        kind = try reader.choice("a listener's kind")
        address = try SocketAddress(from: &reader)
        tls = try reader.list("tls settings of a listener", in: 0...PlanBounds.tls) { reader throws(PlanError) in
            try reader.reference("a listener's tls", below: tlsCount)
        }
        redirectPort = try reader.integer("a listener's redirect port")
        http2 = try reader.flag("whether a listener speaks HTTP/2")
    }
}

extension SocketAddress {
    func write(to image: inout ImageWriter) {
        address.write(to: &image)
        image.write(port)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init(address: try IPAddress(from: &reader), port: try reader.integer("a port"))
    }
}

extension IPAddress {
    func write(to image: inout ImageWriter) {
        image.write(high)
        image.write(low)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init(high: try reader.integer("an address"), low: try reader.integer("an address"))
    }
}
