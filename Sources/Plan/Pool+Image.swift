extension Pool {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: servers) { image, server in
            image.write(server.host)
            image.write(server.port)
            image.write(number: server.weight)
        }
        image.write(balance.rawValue)
        limits.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a pool's name", limit: PlanBounds.name)
        servers = try reader.list("servers of a pool", in: 1...PlanBounds.servers) { reader throws(PlanError) in
            Server(
                host: try reader.text("a server's host", limit: PlanBounds.host),
                port: try reader.integer("a server's port"),
                weight: Int(try reader.integer("a server's weight", as: UInt32.self)))
        }
        balance = try reader.choice("a pool's balance")
        limits = try PoolLimits(from: &reader)
    }
}

extension Network {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: blocks) { $1.write(to: &$0) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a network's name", limit: PlanBounds.name)
        blocks = try reader.list("blocks of a network", in: 1...PlanBounds.blocks) { reader throws(PlanError) in
            try AddressBlock(from: &reader)
        }
    }
}

extension AddressBlock {
    func write(to image: inout ImageWriter) {
        address.write(to: &image)
        image.write(UInt8(prefixLength))
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        let address = try IPAddress(from: &reader)
        guard let block = AddressBlock(address, prefixLength: Int(try reader.byte("an address block"))) else {
            throw .outOfRange("an address block")
        }
        self = block
    }
}

extension SettingValues {
    func write(to image: inout ImageWriter) {
        for name in Name.allCases { image.write(self[name]) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init()
        for name in Name.allCases {
            self[name] = try reader.integer("the limit \(name.setting.word)")
        }
    }
}
