import Plan
import Policy

extension PolicyView {
    mutating func addPolicy() {
        var section = PolicySection(title: "policy", place: nil)
        section.add(
            "workers", plan.workers.map { "\($0)" } ?? "one for each processor",
            plan.workers == nil ? PolicyView.standard : PolicyView.own)
        section.add("zone", plan.zone.name, plan.zone == Zone() ? PolicyView.standard : PolicyView.own)
        sections.append(section)
    }

    func listener(_ listener: Listener) -> String { "\(listener.name) \(listener.address)" }

    mutating func addListeners() {
        for name in distinct(plan.listeners.map(\.name)) {
            var section = PolicySection(title: "listen \(name)", place: nil)
            let own = plan.listeners.filter { $0.name == name }
            for (word, kind) in [("https", Listener.Kind.https), ("http", .http), ("http_redirect", .redirect)] {
                let addresses = own.filter { $0.kind == kind }.map { PolicyText.quoted($0.address.description) }
                if !addresses.isEmpty { section.add(word, PolicyText.list(addresses), PolicyView.own) }
            }
            let tls = distinct(own.flatMap(\.tls).map { plan.tls[$0].name })
            if !tls.isEmpty { section.add("tls", PolicyText.list(tls), PolicyView.own) }
            if let https = own.first(where: { $0.kind == .https }) {
                add("http2", https.http2, true, to: &section, PolicyView.word)
            }
            if let http = own.first(where: { $0.kind == .http }) {
                add("prior_knowledge", http.http2, false, to: &section, PolicyView.word)
            }
            sections.append(section)
        }
    }

    mutating func addTLS() {
        for tls in plan.tls {
            var section = PolicySection(title: "tls \(tls.name)", place: nil)
            let files = tls.certificates
            section.add("certificate", PolicyText.list(files.map { PolicyText.quoted($0.certificate) }), PolicyView.own)
            section.add("key", PolicyText.list(files.map { PolicyText.quoted($0.key) }), PolicyView.own)
            let standard = TLSSettings(name: tls.name, certificates: files)
            add("minimum", tls.minimum, standard.minimum, to: &section) { "\($0)" }
            add("maximum", tls.maximum, standard.maximum, to: &section) { "\($0)" }
            add("unknown_name", tls.unknownName, standard.unknownName, to: &section) {
                $0 == .refuse ? "refuse" : "default"
            }
            add("session_tickets", tls.sessionTickets, standard.sessionTickets, to: &section, PolicyView.word)
            add("ticket_epoch", tls.ticketEpoch, standard.ticketEpoch, to: &section, WrittenNumber.duration)
            add("names", tls.names, [], to: &section) {
                $0.isEmpty ? "the names in the certificate" : PolicyText.list($0.map(\.description))
            }
            sections.append(section)
        }
    }

    mutating func addNamed() {
        for network in plan.networks {
            var section = PolicySection(title: "network \(network.name)", place: nil)
            for block in network.blocks { section.add("address", block.description, PolicyView.own) }
            sections.append(section)
        }
        for list in plan.lists {
            var section = PolicySection(title: "list \(list.name)", place: text.place(list.position))
            for entry in list.texts { section.add("text", PolicyText.quoted(entry), PolicyView.own) }
            sections.append(section)
        }
        for limit in plan.rateLimits { add(limit) }
        for firewall in plan.firewalls { add(firewall) }
    }

    mutating func add(_ limit: RateLimit) {
        var section = PolicySection(title: "limit \(limit.name)", place: text.place(limit.position))
        let key =
            switch limit.key {
            case .client: "client"
            case .clientPrefix: "client.prefix"
            case .header(let name): "header[\(PolicyText.quoted(name))]"
            case .cookie(let name): "cookie[\(PolicyText.quoted(name))]"
            }
        section.add("key", key, PolicyView.own)
        section.add("rate", WrittenNumber.rate(limit.count, milliseconds: limit.period), PolicyView.own)
        section.add("burst", "\(limit.burst)", PolicyView.own)
        let excess = if case .reject(let status) = limit.excess { "reject \(status)" } else { "delay" }
        section.add("then", excess, PolicyView.own)
        sections.append(section)
    }

    mutating func add(_ firewall: Firewall) {
        var section = PolicySection(title: "waf \(firewall.name)", place: text.place(firewall.position))
        let standard = Firewall(name: firewall.name, rules: firewall.rules)
        section.add("rules", PolicyText.list(firewall.rules.map { PolicyText.quoted($0) }), PolicyView.own)
        add("paranoia", firewall.paranoia, standard.paranoia, to: &section) { "\($0)" }
        add("block_at", firewall.blockAt, standard.blockAt, to: &section) { "\($0)" }
        add("mode", firewall.mode, standard.mode, to: &section) { "\($0)" }
        add("body", firewall.body, standard.body, to: &section, WrittenNumber.size)
        sections.append(section)
    }

    mutating func addPools() {
        for pool in plan.pools {
            var section = PolicySection(title: "pool \(pool.name)", place: nil)
            for server in pool.servers {
                let address =
                    server.host.contains(":") ? "[\(server.host)]:\(server.port)" : "\(server.host):\(server.port)"
                section.add("server", "\(PolicyText.quoted(address))  weight = \(server.weight)", PolicyView.own)
            }
            section.add("balance", "round_robin", PolicyView.standard)
            add(pool.limits, to: &section)
            sections.append(section)
        }
    }

    mutating func addLimits() {
        var limits = PolicySection(title: "limits", place: nil)
        add(plan.limits, to: &limits)
        sections.append(limits)
        var target = PolicySection(title: "target", place: nil)
        let standard = TargetSettings()
        add("characters", plan.target.characters, standard.characters, to: &target) { "\($0)" }
        add("duplicate_slashes", plan.target.duplicateSlashes, standard.duplicateSlashes, to: &target) { "\($0)" }
        for (word, path) in PolicyView.treatments {
            add(word, plan.target[keyPath: path], standard[keyPath: path], to: &target) { "\($0)" }
        }
        sections.append(target)
        var forwarding = PolicySection(title: "forwarding", place: nil)
        add("received", plan.forwarding.received, .drop, to: &forwarding) { "\($0)" }
        add("via", plan.forwarding.via, Forwarding().via, to: &forwarding) { PolicyText.quoted($0) }
        sections.append(forwarding)
        addAudit()
    }

    private static var treatments: [(word: String, path: KeyPath<TargetSettings, TargetSettings.Treatment>)] {
        [
            ("encoded_slash", \.encodedSlash), ("backslash", \.backslash), ("encoded_backslash", \.encodedBackslash),
            ("controls", \.controls), ("invalid_percent", \.invalidPercent),
            ("invalid_percent_in_query", \.invalidPercentInQuery), ("parameters", \.parameters),
            ("overlong", \.overlong), ("beyond_root", \.beyondRoot),
        ]
    }

    mutating func addAudit() {
        var section = PolicySection(title: "audit", place: nil)
        let audit = plan.audit
        let standard = AuditSettings()
        add("directory", audit.directory, nil, to: &section) {
            $0.map { PolicyText.quoted($0) } ?? "audit in the state folder"
        }
        add("access_log", audit.accessLog, standard.accessLog, to: &section) { log in
            switch log {
            case .off: "off"
            case .standard: "on"
            case .file(let name): PolicyText.quoted(name)
            }
        }
        add("must", audit.must, standard.must, to: &section) { kinds in
            PolicyText.list(RecordKinds.words.filter { kinds.contains($0.kind) }.map(\.word))
        }
        add("on_full", audit.onFull, standard.onFull, to: &section) { "\($0)" }
        add("segment_size", audit.segmentSize, standard.segmentSize, to: &section, WrittenNumber.size)
        add("segment_age", audit.segmentAge, standard.segmentAge, to: &section, WrittenNumber.duration)
        add("keep", audit.keep, nil, to: &section) { $0.map(WrittenNumber.duration) ?? "always" }
        sections.append(section)
    }

    // MARK: Values

    /// Adds a value, which is the default when it equals it: whether it was written all the same, nobody needs to know.
    private func add<Value: Equatable>(
        _ word: String, _ value: Value, _ standard: Value, to section: inout PolicySection, _ text: (Value) -> String
    ) {
        section.add(word, text(value), value == standard ? PolicyView.standard : PolicyView.own)
    }

    private func add<Name>(_ values: SettingValues<Name>, to section: inout PolicySection) {
        for name in Name.allCases {
            let setting = name.setting
            add(setting.word, values[name], setting.standard, to: &section) { PolicyView.written($0, setting.unit) }
        }
    }

    private static func written(_ value: UInt64, _ unit: Setting.Unit) -> String {
        switch unit {
        case .duration: WrittenNumber.duration(value)
        case .size: WrittenNumber.size(value)
        case .rate: WrittenNumber.size(value) + "/s"
        case .count: "\(value)"
        }
    }

    private static func word(_ flag: Bool) -> String { flag ? "on" : "off" }

    private func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
