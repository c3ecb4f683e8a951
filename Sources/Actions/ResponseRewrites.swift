import Bytes
import HTTPModel
import Match
import Plan

/// Changes of what responses say of hosts, paths and cookies, laid out flat.
struct ResponseRewrites: ~Copyable {
    private let entries: Slab<ResponseRewriteEntry>
    private let hosts: Slab<InnerHost>
    private let text: Slab<UInt8>

    init(_ builder: consuming ResponseRewritesBuilder) {
        entries = Slab(builder.entries, empty: ResponseRewriteEntry())
        hosts = Slab(builder.hosts, empty: InnerHost())
        text = Slab(builder.text, empty: 0)
    }

    func entry(_ number: Int) -> ResponseRewriteEntry { entries[number] }

    /// Whether `host` and `port`, 0 for none, are those of a server or host from inside.
    func isInner(_ host: Span<UInt8>, port: UInt16, scheme: Scheme, _ entry: ResponseRewriteEntry) -> Bool {
        for index in entry.hosts.first..<entry.hosts.end {
            let inner = hosts[index]
            let fits = inner.port == 0 || inner.port == (port == 0 ? scheme.defaultPort : port)
            if fits && ASCII.equalIgnoringCase(host, text.span(inner.name.first, inner.name.end)) { return true }
        }
        return false
    }
}

/// One `rewrite` block with the servers of one route.
struct ResponseRewriteEntry: BitwiseCopyable {
    var changesLocation = false
    var hosts = TextPlace()

    var changesCookies = false
    var removesDomain = false
    var changesPath = false
    var addsSecure = false
    var addsHTTPOnly = false
    var sameSite: ResponseRewrite.Cookies.SameSite?
}

/// A host by which the inside calls itself.
struct InnerHost: BitwiseCopyable {
    /// In lower case, an IPv6 address in brackets.
    var name = TextPlace()

    /// The port of a server; 0 for a host with any port.
    var port: UInt16 = 0
}

/// Lays out what ``ResponseRewrites`` holds; routes with the same servers share them.
struct ResponseRewritesBuilder {
    private(set) var entries: [ResponseRewriteEntry] = []
    private(set) var hosts: [InnerHost] = []
    private(set) var text: [UInt8] = []
    private var runs: [Key: TextPlace] = [:]

    private struct Key: Hashable {
        let pools: [Int]
        let hosts: [String]
    }

    /// Adds `rewrite` for a route to these pools. Answers its number.
    mutating func add(_ rewrite: ResponseRewrite, pools: [Int], _ plan: Plan) -> Int {
        var entry = ResponseRewriteEntry()
        entry.changesLocation = rewrite.location
        if rewrite.location { entry.hosts = run(Key(pools: pools, hosts: rewrite.hosts), plan) }
        if let cookies = rewrite.cookies {
            entry.changesCookies = true
            entry.removesDomain = cookies.domain
            entry.changesPath = cookies.path
            entry.addsSecure = cookies.secure
            entry.addsHTTPOnly = cookies.httpOnly
            entry.sameSite = cookies.sameSite
        }
        entries.append(entry)
        return entries.count - 1
    }

    private mutating func run(_ key: Key, _ plan: Plan) -> TextPlace {
        if let run = runs[key] { return run }
        let start = hosts.count
        for pool in key.pools {
            for server in plan.pools[pool].servers { add(server.host, port: server.port) }
        }
        for host in key.hosts { add(host, port: 0) }
        let run = TextPlace(start: start, count: hosts.count - start)
        runs[key] = run
        return run
    }

    private mutating func add(_ host: String, port: UInt16) {
        let isBare = host.contains(":") && !host.hasPrefix("[")
        let name = Array((isBare ? "[\(host)]" : host).utf8)
        hosts.append(InnerHost(name: TextPlace(start: text.count, count: name.count), port: port))
        text += name
    }
}
