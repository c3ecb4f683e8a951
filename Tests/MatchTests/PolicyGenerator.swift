/// Makes small policies and requests that have much to do with one another.
struct PolicyGenerator {
    var random: SplitMix
    private var names = 0

    init(seed: UInt64) { random = SplitMix(state: seed) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    private mutating func chance(_ one: Int, in all: Int) -> Bool { number(1...all) <= one }

    private mutating func name() -> String {
        names += 1
        return "r\(names)"
    }

    private static let paths = ["/", "/a", "/a/", "/a/b", "/ab", "/b/", "/b/a", "/a/b/c", "/c.php"]
    private static let hosts = ["a.test", "b.test", "x.a.test", "y.x.a.test", "c.test"]
    private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
    private static let values = ["1", "2", "ab", "Ab", ""]

    // MARK: Policies

    mutating func policy() -> PolicyModel {
        names = 0
        var policy = PolicyModel()
        policy.networks = (0..<3).map { _ in
            let length = number(24...32)
            return NetworkModel(first: (address() >> (32 - length)) << (32 - length), length: length)
        }
        var hosts = PolicyGenerator.hosts + ["*.a.test", "*.test", "*"]
        hosts.shuffle(using: &random)
        for _ in 0...number(0...2) {
            let labels = (0...number(0...1)).map { _ in hosts.removeLast() }
            let on = PolicyModel.listens.filter { _ in chance(2, in: 3) }
            policy.sites.append(
                SiteModel(names: labels, on: on.isEmpty ? ["web"] : on, rules: rules(0...3), routes: routes()))
        }
        return policy
    }

    private mutating func rules(_ count: ClosedRange<Int>) -> [RuleModel] {
        (0..<number(count)).map { _ in
            let action: RuleModel.Action =
                switch number(0...6) {
                case 0...2: .log
                case 3: .allow
                case 4: .deny(status: chance(1, in: 2) ? pick([400, 404, 429]) : nil)
                case 5: .redirect(status: chance(1, in: 2) ? pick([301, 307]) : nil)
                default: .respond(status: chance(1, in: 2) ? pick([201, 418]) : nil)
                }
            return RuleModel(name: name(), condition: condition(depth: 2), action: action)
        }
    }

    private mutating func routes() -> [RouteModel] {
        var routes: [RouteModel] = []
        var paths = Set((0...number(0...4)).map { _ in pick(PolicyGenerator.paths) }).sorted()
        paths = paths.flatMap { path -> [String] in
            if !path.hasSuffix("/") { return [path] }
            return chance(1, in: 3) ? [path, path + "*"] : [path + "*"]
        }
        for path in paths {
            for _ in 0..<number(0...2) { routes.append(route(path, condition(depth: 1), someMethods())) }
            if chance(1, in: 3) {
                // Disjoint methods; HEAD belongs to GET.
                routes.append(route(path, nil, ["GET"]))
                if chance(1, in: 2) { routes.append(route(path, nil, ["POST", "PUT"])) }
            } else {
                routes.append(route(path, nil, chance(1, in: 4) ? someMethods() : []))
            }
        }
        routes.shuffle(using: &random)
        return routes
    }

    private mutating func someMethods() -> [String] {
        chance(1, in: 2) ? [] : Set((0...number(0...2)).map { _ in pick(PolicyGenerator.methods) }).sorted()
    }

    private mutating func route(_ path: String, _ condition: ConditionModel?, _ methods: [String]) -> RouteModel {
        RouteModel(
            path: path, condition: condition, methods: methods, from: chance(1, in: 5) ? [number(0...2)] : [],
            rules: rules(0...2), action: action())
    }

    private mutating func action() -> RouteModel.Action {
        switch number(0...7) {
        case 0: return .redirect(name: name(), status: chance(1, in: 2) ? pick([303, 308]) : nil)
        case 1: return .respond(name: name(), status: chance(1, in: 2) ? pick([202, 404]) : nil)
        case 2:
            let excepts = chance(1, in: 2)
            return .maintenance(
                except: excepts ? [number(0...2)] : [], pool: excepts ? number(0...3) : nil,
                minutes: chance(1, in: 2) ? number(1...9) : nil)
        case 3:
            let by = pick(["client", "random", "cookie[\"x\"]", "header[\"x\"]"])
            let forced = by.hasSuffix("]") && chance(1, in: 2) ? ["1": number(0...3), "ab": number(0...3)] : [:]
            return .split(number(0...1), percent: number(1...99), number(2...3), by: by, forced: forced)
        default: return .pool(number(0...3))
        }
    }

    // MARK: Conditions

    private mutating func condition(depth: Int) -> ConditionModel {
        if depth == 0 || chance(1, in: 2) { return comparison() }
        let one = condition(depth: depth - 1)
        let other = condition(depth: depth - 1)
        switch number(0...2) {
        case 0:
            return ConditionModel(text: "(\(one.text)) and (\(other.text))") { one.holds($0) && other.holds($0) }
        case 1: return ConditionModel(text: "(\(one.text)) or (\(other.text))") { one.holds($0) || other.holds($0) }
        default: return ConditionModel(text: "not (\(one.text))") { !one.holds($0) }
        }
    }

    private mutating func comparison() -> ConditionModel {
        switch number(0...3) {
        case 0: pathComparison()
        case 1: valuesComparison()
        default: otherComparison()
        }
    }

    private mutating func pathComparison() -> ConditionModel {
        let path = pick(PolicyGenerator.paths.filter { $0 != "/" })
        switch number(0...6) {
        case 0: return ConditionModel(text: "path == \"\(path)\"") { $0.path == path }
        case 1: return ConditionModel(text: "path starts \"\(path)\"") { $0.path.hasPrefix(path) }
        case 2: return ConditionModel(text: "path ends \"b\"") { $0.path.hasSuffix("b") }
        case 3: return ConditionModel(text: "path contains \"b/\"") { $0.path.contains("b/") }
        case 4: return ConditionModel(text: "path in [\"\(path)\", \"/c.php\"]") { [path, "/c.php"].contains($0.path) }
        case 5:
            return ConditionModel(text: "path matches \"^/[ab]*$\"") { request in
                request.path.dropFirst().allSatisfy { $0 == "a" || $0 == "b" }
            }
        default:
            let count = number(2...5)
            return ConditionModel(text: "len(path) < \(count)") { $0.path.utf8.count < count }
        }
    }

    private mutating func valuesComparison() -> ConditionModel {
        let (field, values): (String, (RequestModel) -> [String]) =
            switch number(0...2) {
            case 0: ("header[\"x\"]", { $0.values("x", in: $0.headers) })
            case 1: ("query[\"x\"]", { $0.values("x", in: $0.parameters) })
            default: ("cookie[\"x\"]", { $0.values("x", in: $0.cookies) })
            }
        let value = pick(PolicyGenerator.values.filter { $0 != "" })
        switch number(0...6) {
        case 0: return ConditionModel(text: "\(field) == \"\(value)\"") { values($0).contains(value) }
        case 1: return ConditionModel(text: "any(\(field) != \"\(value)\")") { values($0).contains { $0 != value } }
        case 2: return ConditionModel(text: "all(\(field) == \"\(value)\")") { values($0).allSatisfy { $0 == value } }
        case 3: return ConditionModel(text: "count(\(field)) >= 2") { values($0).count >= 2 }
        case 4: return ConditionModel(text: "exists(\(field))") { !values($0).isEmpty }
        case 5:
            return ConditionModel(text: "lower(\(field)) starts \"a\"") { request in
                values(request).contains { $0.lowercased().hasPrefix("a") }
            }
        default:
            return ConditionModel(text: "\(field) in [\"1\", \"ab\"]") { request in
                values(request).contains { ["1", "ab"].contains($0) }
            }
        }
    }

    private mutating func otherComparison() -> ConditionModel {
        let method = pick(PolicyGenerator.methods)
        let host = pick(PolicyGenerator.hosts)
        switch number(0...8) {
        case 0: return ConditionModel(text: "method == \(method)") { $0.method == method }
        case 1: return ConditionModel(text: "method in [\(method), GET]") { [method, "GET"].contains($0.method) }
        case 2:
            let block = NetworkModel(first: address() & ~255, length: 24)
            return ConditionModel(text: "client in \(block.text)") { block.contains($0.client) }
        case 3: return ConditionModel(text: "host == \"\(host)\"") { $0.host == host }
        case 4: return ConditionModel(text: "scheme == https") { $0.isSecure }
        case 5: return ConditionModel(text: "tls.version < 1.3") { $0.isSecure && $0.isOldTLS }
        case 6:
            let hour = number(1...22)
            let text = hour < 10 ? "0\(hour)" : "\(hour)"
            return ConditionModel(text: "time in \(text):00-23:00") { (hour..<23).contains($0.time / 3_600 % 24) }
        case 7:
            // 1970-01-01 was a Thursday.
            return ConditionModel(text: "weekday in [sat, sun]") { [2, 3].contains($0.time / 86_400 % 7) }
        default: return ConditionModel(text: "port == 443") { $0.isSecure }
        }
    }

    // MARK: Requests

    private mutating func address() -> UInt32 { 0x0a00_0000 | UInt32(number(0...3)) << 8 | UInt32(number(0...255)) }

    mutating func request() -> RequestModel {
        var request = RequestModel()
        request.listen = pick(PolicyModel.listens)
        request.isRedirected = request.listen == "both" && chance(1, in: 8)
        request.method = pick(PolicyGenerator.methods)
        request.path = chance(1, in: 8) ? "/none" : pick(PolicyGenerator.paths)
        let names = ["x", "x", "y"]
        request.parameters = (0..<number(0...2)).map { _ in (pick(names), pick(PolicyGenerator.values)) }
        request.headers = (0..<number(0...2)).map { _ in (pick(names), pick(PolicyGenerator.values)) }
        request.cookies = (0..<number(0...2)).map { _ in (pick(names), pick(PolicyGenerator.values)) }
        request.host = pick(PolicyGenerator.hosts)
        request.client = address()
        request.isOldTLS = chance(1, in: 3)
        request.time = number(1_790_000_000...1_799_999_999)
        return request
    }

    /// One of the ways in which a client may write the request.
    mutating func written(_ request: RequestModel) -> SampleRequest {
        var sample = SampleRequest(request.method, written(path: request.path))
        let letter = chance(1, in: 2) ? "%61" : "a"
        let pairs = request.parameters.map { "\($0.name)=\($0.value.replacing("a", with: letter))" }
        sample.query = pairs.isEmpty ? nil : pairs.joined(separator: "&")
        sample.fields = request.headers.map { ($0.name == "x" && chance(1, in: 2) ? "X" : $0.name, $0.value) }
        if !request.cookies.isEmpty {
            sample.fields.append(("Cookie", request.cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")))
        }
        sample.host = chance(1, in: 4) ? request.host.uppercased() : request.host
        if chance(1, in: 6) { sample.host += "." }
        if chance(1, in: 6) { sample.port = request.isSecure ? 443 : 80 }
        sample.scheme = request.isSecure ? .https : .http
        sample.tlsVersion = request.isSecure ? (request.isOldTLS ? .v1_2 : .v1_3) : nil
        sample.time = UInt64(request.time)
        sample.chance = random.next()
        return sample
    }

    private mutating func written(path: String) -> String {
        var path = path
        if chance(1, in: 4) { path = path.replacing("a", with: "%61") }
        if chance(1, in: 6) { path = "/." + path }
        if chance(1, in: 6) { path = "/z/.." + path }
        if chance(1, in: 6) { path = "/" + path }
        return path
    }
}
