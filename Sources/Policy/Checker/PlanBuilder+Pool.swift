import Plan

extension PlanBuilder {
    /// Adds a `pool` block.
    mutating func addPool(_ block: CheckedBlock) {
        var pool = Pool(name: block.name?.text ?? "pool", servers: [])
        var first: [String: SourceSpan] = [:]
        for serverBlock in block.blocks("server") {
            guard let label = serverBlock.labels.first, let server = server(label, serverBlock) else { continue }
            if let other = first.updateValue(label.span, forKey: "\(server.host) \(server.port)") {
                log.error(
                    label.span, "this server stands twice in the pool",
                    hint: "first in line \(log.source.line(of: other.start)); use weight to choose it more often")
            }
            pool.servers.append(server)
        }
        check(pool.servers.count, PlanBounds.servers, "servers in the pool", block)
        if let limits = block.blocks("limits").first {
            for name in PoolLimitName.allCases {
                pool.limits[name] = limits.number(name.setting.word) ?? pool.limits[name]
            }
        }
        plan.pools.append(pool)
    }

    private func server(_ label: Value, _ block: CheckedBlock) -> Server? {
        guard let text = label.text, let (host, port) = split(text, label.span, example: "10.0.0.1:8080") else {
            return nil
        }
        let canonical = IPAddress(host)?.description ?? host.lowercased()
        if !PlanText.isServerHost(canonical) {
            log.error(
                label.span, "'\(host)' is neither a host name nor an address",
                hint: "a name has labels of letters, digits and '-' with dots between them")
            return nil
        }
        return Server(host: canonical, port: port, weight: Int(block.number("weight") ?? 1))
    }
}
