import Plan

/// Makes conditions and requests that have much to do with one another: few names, few letters.
struct Generator {
    var random: SplitMix

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    mutating func chance(_ one: Int, in all: Int) -> Bool { number(1...all) <= one }

    /// A short text of few letters.
    mutating func text(_ length: ClosedRange<Int> = 1...3) -> [UInt8] {
        (0..<number(length)).map { _ in UInt8(ascii: "a") + UInt8(number(0...2)) - (chance(1, in: 6) ? 32 : 0) }
    }

    /// Longer texts than words of the processor, which differ late, early or not at all.
    private static let longTexts = [
        "abcabcab", "abcabcabc", "abcabcabcabcabca", "abcabcabcabcabcabc", "bbcabcabcabcabcabc", "abcabcabcabcabcabb",
        "AbcAbcAbcabcabcabc",
    ]

    // MARK: Plans

    /// A plan with one site, whose rules log; their conditions are what is asked for.
    mutating func plan(rules: Int) -> Plan {
        var plan = Plan()
        plan.listeners = [
            Listener(
                name: "l", kind: .http, address: SocketAddress(address: IPAddress(ipv4: 0), port: 80))
        ]
        plan.networks = (0..<3).map { Network(name: "n\($0)", blocks: (0...number(0...2)).map { _ in block() }) }
        plan.lists = (0..<3).map {
            TextList(name: "l\($0)", texts: Array(Set((0...number(1...5)).map { _ in text() })))
        }
        plan.zone = Zone(
            name: "Test/Zone",
            transitions: [
                Zone.Transition(start: 0, offset: Int32(number(-18...18) * 3_600)),
                Zone.Transition(start: 1_795_000_000, offset: Int32(number(-18...18) * 1_800)),
            ])
        let route = Route(pattern: PathPattern(.prefix, Array("/".utf8)), action: .proxy(pool: 0))
        plan.sites = [
            Site(
                names: [.any], listeners: [0],
                rules: (0..<rules).map { Rule(name: "r\($0)", condition: condition(), action: .log) },
                routes: [route])
        ]
        return plan
    }

    mutating func block() -> AddressBlock {
        let address =
            chance(1, in: 2)
            ? IPAddress(ipv4: 0x0a00_0000 | UInt32(number(0...255)))
            : IPAddress(high: 0x2001_0db8 << 32, low: UInt64(number(0...255)))
        let length = address.isIPv4 ? number(22...32) : number(118...128)
        return AddressBlock(AddressBlock.first(of: address, prefixLength: length), prefixLength: length)!
    }

    /// A random flat program whose jumps lead forward.
    mutating func condition() -> Condition {
        let comparisons = (0...number(0...4)).map { _ in comparison() }
        var steps: [Condition.Step] = [.test(0)]
        let count = number(1...9)
        for index in 1..<max(count, 2) {
            switch number(0...5) {
            case 0: steps.append(.not)
            case 1: steps.append(.jumpIfFalse(number(index + 1...max(count, 2))))
            case 2: steps.append(.jumpIfTrue(number(index + 1...max(count, 2))))
            default: steps.append(.test(number(0...comparisons.count - 1)))
            }
        }
        return Condition(steps: steps, comparisons: comparisons)
    }

    mutating func comparison() -> Comparison {
        let field = field()
        var subject = Subject(field)
        if field.isMultiple && chance(1, in: 6) { subject.measure = .count }
        if field.type == .bytes && subject.measure == .value {
            if chance(1, in: 6) { subject.measure = .length } else { subject.isLowercased = chance(1, in: 4) }
        }
        if subject.measure == .value && !subject.isLowercased && chance(1, in: 8) {
            return Comparison(subject, .exists, .nothing)
        }
        var comparison =
            switch subject.type {
            case .bytes: bytesComparison(subject)
            case .address:
                Comparison(
                    subject, .isIn, .addresses(networks: chance(2, in: 3) ? [number(0...2)] : [], blocks: [block()]))
            default: numberComparison(subject)
            }
        if field.isMultiple && subject.measure != .count && chance(1, in: 3) { comparison.quantifier = .all }
        return comparison
    }

    private mutating func field() -> RequestField {
        let name = Array(pick(["x", "y", "x-tag"]).utf8)
        return pick([
            .path, .query, .queryParameter(name), .queryParameter(name), .header(name), .header(name), .cookie(name),
            .header(Array("user-agent".utf8)), .header(Array("accept".utf8)), .method, .host, .scheme, .port, .client, .tlsVersion, .length, .time,
            .weekday, .header(Array("x-forwarded-tag".utf8)),
        ])
    }

    private mutating func bytesComparison(_ subject: Subject) -> Comparison {
        if chance(1, in: 6) {
            return Comparison(subject, .matches, .pattern(Array(pick(Oracle.patterns.keys.sorted()).utf8)))
        }
        let comparators: [Comparison.Operator] = [.contains, .starts, .ends]
        switch number(0...3) {
        case 0: return Comparison(subject, pick([.equal, .notEqual]), .text(operand()))
        case 1: return Comparison(subject, pick(comparators), .text(operand()))
        case 2: return Comparison(subject, pick(comparators + [.isIn]), .list(number(0...2)))
        default:
            let texts = (0...number(0...4)).map { _ in operand() }
            return Comparison(subject, pick(comparators + [.isIn]), .texts(texts))
        }
    }

    private mutating func operand() -> [UInt8] {
        if chance(1, in: 6) { return Array(pick(Generator.longTexts).utf8) }
        if chance(1, in: 8) { return Array(pick(["/abcabcabcabc", "PUT", "POST", "DELETE"]).utf8) }
        return chance(1, in: 4) ? Array(pick(["/", "GET", "https", "a.example", "/a", "x=a", "curl"]).utf8) : text()
    }

    private mutating func numberComparison(_ subject: Subject) -> Comparison {
        let range =
            switch subject.type {
            case .time: 0...86_399
            case .weekday: 1...7
            case .tlsVersion: 0x0302...0x0305
            default: subject.field == .port ? 79...82 : 0...4
            }
        if chance(1, in: 3) {
            let ranges = (0...number(0...3)).map { _ in
                let low = number(range)
                return UInt64(low)...UInt64(number(low...range.upperBound))
            }
            return Comparison(subject, .isIn, .ranges(ranges))
        }
        return Comparison(
            subject, pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]),
            .number(UInt64(number(range))))
    }

    // MARK: Requests

    mutating func request() -> SampleRequest {
        var request = SampleRequest(pick(["GET", "POST", "PUT", "abc"]), "/" + string(0...3))
        if request.path != "/" && chance(1, in: 3) { request.path += "/" + string(1...3) }
        if chance(2, in: 3) { request.query = query() }
        request.host = pick(["a.example", "b.example"])
        if chance(1, in: 3) { request.port = UInt16(number(79...82)) }
        for _ in 0..<number(0...4) {
            let name = pick(["X", "x", "Y", "X-Tag", "x-tag", "X-Forwarded-Tag"])
            request.fields.append((name, chance(1, in: 8) ? "" : string(1...4)))
        }
        let values = ["curl", "ab", "Cab"] + Generator.longTexts
        if chance(1, in: 3) { request.fields.append(("User-Agent", pick(values))) }
        for _ in 0..<max(number(-2...2), 0) { request.fields.append((pick(["Accept", "accept"]), pick(values))) }
        for _ in 0..<number(0...2) { request.fields.append(("Cookie", cookies())) }
        if chance(1, in: 8) { request.fields.append(("Connection", pick(["X-Tag", "x", "User-Agent", "accept", "close"]))) }
        if chance(1, in: 2) { request.length = number(-1...4) }
        request.scheme = chance(1, in: 2) ? .http : .https
        request.tlsVersion = request.scheme == .http ? nil : pick([.v1_2, .v1_3])
        request.client = block().address
        request.time = UInt64(number(1_794_000_000...1_796_000_000))
        return request
    }

    private mutating func string(_ length: ClosedRange<Int>) -> String {
        chance(1, in: 6) ? pick(Generator.longTexts) : String(decoding: text(length), as: UTF8.self)
    }

    private mutating func query() -> String {
        (0...number(0...4)).map { _ in
            let name = chance(1, in: 4) ? pick(["%78", "", "x%2Dtag", "%7", "x+y"]) : pick(["x", "y", "x-tag"])
            let value = chance(1, in: 4) ? pick(["%61b", "a+b", "%", "a%4", "a%zzb", "=a", "%2B"]) : string(0...3)
            return chance(1, in: 6) ? name : "\(name)=\(value)"
        }.joined(separator: pick(["&", "&", "&&"]))
    }

    private mutating func cookies() -> String {
        (0...number(0...3)).map { _ in
            let pair = "\(pick(["x", "y", "x-tag", " x "]))=\(string(0...3))"
            return chance(1, in: 6) ? pick(["x", "", "=a", " y = b ", "x=\"a\""]) : pair
        }.joined(separator: pick(["; ", ";", " ;\t"]))
    }
}
