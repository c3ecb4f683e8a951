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
        image.write(list: blocks) { image, block in
            block.address.write(to: &image)
            image.write(UInt8(block.prefixLength))
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a network's name", limit: PlanBounds.name)
        blocks = try reader.list("blocks of a network", in: 1...PlanBounds.blocks) { reader throws(PlanError) in
            let address = try IPAddress(from: &reader)
            guard let block = AddressBlock(address, prefixLength: Int(try reader.byte("a network's block"))) else {
                throw .outOfRange("a network's block")
            }
            return block
        }
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
