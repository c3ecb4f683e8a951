internal import Sys
internal import Wire

extension Dialer {
    /// Asks for names that are due, and goes on with a plan that waits for its names.
    mutating func keepNames() {
        do throws(Errno) {
            try names.ask(now)
        } catch {
            // The resolver is gone; its end of the channel tells.
        }
        guard let preparing, preparing.isComplete else { return }
        if now < preparing.giveUp && preparing.table.names.contains(where: { !$0.isAnswered }) { return }
        for name in preparing.table.names where name.addresses.isEmpty {
            let state = name.isAnswered ? "does not resolve" : "is not resolved yet"
            let text = "\(name.host) \(state); its servers are not used until it is; see /etc/resolv.conf"
            port.report(.notice(text: text))
        }
        self.preparing?.isComplete = false
        port.report(.prepared(generation: preparing.table.generation))
    }

    /// Takes an answer of the resolver. Answers false when the resolver is gone.
    mutating func takeAddresses() -> Bool {
        switch names.receive(now) {
        case .none: return true
        case .ended: return false
        case .resolved: counts.resolutions += 1
        case .unresolved:
            counts.resolutions += 1
            counts.resolutionsFailed += 1
        }
        return true
    }

    /// Forgets names that are in no plan any more.
    mutating func forgetNames() {
        var hosts: Set<String> = []
        for table in tables.values { hosts.formUnion(table.names.map(\.host)) }
        if let preparing { hosts.formUnion(preparing.table.names.map(\.host)) }
        names.keep(hosts)
    }
}
