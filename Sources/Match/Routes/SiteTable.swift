import Bytes
import Plan

/// Finds the site of a request by its listener and host: exact names first, then one-label wildcards, then `*`.
///
/// Built once from a plan. A look-up costs the length of the host, however many sites there are, and allocates nothing.
struct SiteTable: ~Copyable {
    let names: HostTable

    /// For each listener, the site that is for every other host, or ``HostTable/none``.
    let standard: Slab<UInt32>

    /// The table of a sound plan's sites.
    init(_ plan: Plan) {
        var entries: [HostTable.Entry] = []
        var standard = Slab<UInt32>(capacity: plan.listeners.count, repeating: HostTable.none)
        for (site, settings) in plan.sites.enumerated() {
            for listener in settings.listeners {
                for pattern in settings.names {
                    if pattern == .any {
                        standard[listener] = UInt32(site)
                    } else {
                        entries.append(HostTable.Entry(group: listener, pattern: pattern, value: UInt32(site)))
                    }
                }
            }
        }
        names = HostTable(entries)
        self.standard = standard
    }

    /// The number of the site for `host` on the listener with number `listener`; nil when there is none.
    ///
    /// `host` is in canonical form: in lower case, without port and final dot, an IPv6 address in brackets.
    func site(of host: Span<UInt8>, listener: Int) -> Int? {
        var site = names.value(of: host, group: listener)
        if site == HostTable.none { site = standard[listener] }
        return site == HostTable.none ? nil : Int(site)
    }
}
