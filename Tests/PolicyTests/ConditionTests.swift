import Plan
import Testing

@Suite("Conditions")
struct ConditionTests {
    /// A comparison as the policy writes it, and as it is compiled.
    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        let comparison: Comparison
        var testDescription: String { text }

        init(_ text: String, _ subject: Subject, _ comparator: Comparison.Operator, _ operand: Comparison.Operand) {
            self.text = text
            comparison = Comparison(subject, comparator, operand)
        }
    }

    private static let header = RequestField.header(PolicyText.bytes("x-a"))

    static let examples: [Example] = [
        Example("path == \"/x\"", Subject(.path), .equal, .text(PolicyText.bytes("/x"))),
        Example("path starts \"/x/\"", Subject(.path), .starts, .text(PolicyText.bytes("/x/"))),
        Example("path ends \".php\"", Subject(.path), .ends, .text(PolicyText.bytes(".php"))),
        Example("path contains \"%20\"", Subject(.path), .contains, .text(PolicyText.bytes("%20"))),
        Example("path in [\"/a\", \"/b\"]", Subject(.path), .isIn, .texts(["/a", "/b"].map(PolicyText.bytes))),
        Example("path starts list.bots", Subject(.path), .starts, .list(0)),
        Example("path matches \"^/[a-z]+$\"", Subject(.path), .matches, .pattern(PolicyText.bytes("^/[a-z]+$"))),
        Example("query == \"\"", Subject(.query), .equal, .text([])),
        Example(
            "query[\"Sort\"] == \"a b\"", Subject(.queryParameter(PolicyText.bytes("Sort"))), .equal,
            .text(PolicyText.bytes("a b"))),
        Example("header[\"X-A\"] == \"Q\"", Subject(header), .equal, .text(PolicyText.bytes("Q"))),
        Example("cookie[\"Sid\"] in list.bots", Subject(.cookie(PolicyText.bytes("Sid"))), .isIn, .list(0)),
        Example(
            "user_agent contains bots", Subject(.header(PolicyText.bytes("user-agent"))), .contains, .list(0)),
        Example(
            "lower(header[\"x-a\"]) == \"q\"", Subject(header, isLowercased: true), .equal,
            .text(PolicyText.bytes("q"))),
        Example("len(header[\"x-a\"]) > 10", Subject(header, .length), .greater, .number(10)),
        Example("len(path) >= 1KiB", Subject(.path, .length), .greaterOrEqual, .number(1_024)),
        Example("count(header[\"x-a\"]) == 2", Subject(header, .count), .equal, .number(2)),
        Example("exists(header[\"x-a\"])", Subject(header), .exists, .nothing),
        Example("exists(tls.version)", Subject(.tlsVersion), .exists, .nothing),
        Example("method == PROPFIND", Subject(.method), .equal, .text(PolicyText.bytes("PROPFIND"))),
        Example("method in [GET, \"FOO\"]", Subject(.method), .isIn, .texts(["GET", "FOO"].map(PolicyText.bytes))),
        Example("host ends \".example\"", Subject(.host), .ends, .text(PolicyText.bytes(".example"))),
        Example("scheme == https", Subject(.scheme), .equal, .text(PolicyText.bytes("https"))),
        Example("port in [80, 8080]", Subject(.port), .isIn, .ranges([80...80, 8080...8080])),
        Example("client in office", Subject(.client), .isIn, .addresses(networks: [0], blocks: [])),
        Example(
            "client == 192.0.2.1", Subject(.client), .isIn,
            .addresses(networks: [], blocks: [AddressBlock(IPAddress("192.0.2.1")!, prefixLength: 32)!])),
        Example(
            "client in [network.office, 2001:db8::/32]", Subject(.client), .isIn,
            .addresses(networks: [0], blocks: [AddressBlock(IPAddress("2001:db8::")!, prefixLength: 32)!])),
        Example("tls.version < 1.3", Subject(.tlsVersion), .less, .number(0x0304)),
        Example("length <= 64KiB", Subject(.length), .lessOrEqual, .number(65_536)),
        Example("time in 08:00-18:30", Subject(.time), .isIn, .ranges([28_800...66_599])),
        Example("time in 22:00-06:00", Subject(.time), .isIn, .ranges([79_200...86_399, 0...21_599])),
        Example("time in 18:00-24:00", Subject(.time), .isIn, .ranges([64_800...86_399])),
        Example("time < 08:00", Subject(.time), .less, .number(28_800)),
        Example("weekday in mon-fri", Subject(.weekday), .isIn, .ranges([1...5])),
        Example("weekday in [fri-mon, wed]", Subject(.weekday), .isIn, .ranges([5...7, 1...1, 3...3])),
        Example("weekday == sun", Subject(.weekday), .equal, .number(7)),
    ]

    @Test("every field, function and operator is compiled into its comparison", arguments: examples)
    func comparison(example: Example) throws {
        let condition = try PolicyText.condition(example.text)
        #expect(condition.steps == [.test(0)])
        #expect(condition.comparisons == [example.comparison])
        #expect(condition.cost >= ConditionCost.comparison)
    }

    @Test("'and' binds more than 'or', and 'not' more than both")
    func precedence() throws {
        let condition = try PolicyText.condition("port == 1 or not port == 2 and (port == 3 or port == 4)")
        #expect(
            condition.steps == [
                .test(0), .jumpIfTrue(8), .test(1), .not, .jumpIfFalse(8), .test(2), .jumpIfTrue(8), .test(3),
            ])
    }

    @Test("steps give what the words say for all values of the comparisons")
    func truthTables() throws {
        let examples: [(String, @Sendable ([Bool]) -> Bool)] = [
            ("port == 1 and port == 2 or port == 3", { $0[0] && $0[1] || $0[2] }),
            ("port == 1 and (port == 2 or port == 3)", { $0[0] && ($0[1] || $0[2]) }),
            ("not (port == 1 and port == 2) and not port == 3", { !($0[0] && $0[1]) && !$0[2] }),
            ("not (port == 1 or not (port == 2 and not port == 3))", { !($0[0] || !($0[1] && !$0[2])) }),
            ("port != 1 or port != 2 and port == 3", { !$0[0] || !$0[1] && $0[2] }),
            ("not not port == 1 and port == 2 and port == 3", { $0[0] && $0[1] && $0[2] }),
        ]
        for (text, expected) in examples {
            let condition = try PolicyText.condition(text)
            for bits in 0..<8 {
                let values = (0..<3).map { bits >> $0 & 1 == 1 }
                #expect(run(condition, values) == expected(values), "\(text) with \(values)")
            }
        }
    }

    @Test("'!=' of what occurs once is not '==', and of what occurs several times is an operator of its own")
    func notEqual() throws {
        #expect(try PolicyText.condition("tls.version != 1.3").steps == [.test(0), .not])
        #expect(try PolicyText.condition("client != 192.0.2.1").steps == [.test(0), .not])
        let any = try PolicyText.condition("any(header[\"x\"] != \"a\")")
        #expect(any.steps == [.test(0)] && any.comparisons[0].comparator == .notEqual)
        #expect(try PolicyText.condition("all(query[\"x\"] != \"a\")").comparisons[0].quantifier == .all)
    }

    @Test("a condition goes on in the next line behind 'and' and 'or', and before them")
    func lines() throws {
        let site = try PolicyText.site(
            """
              rules {
                log "it"
                  when path == "/a" and
                    port == 80
                    or port == 81
                  reason = "why"
                log "other" when port == 82
              }
            """)
        #expect(site.rules.map(\.name) == ["it", "other"] && site.rules[0].note == "why")
        #expect(site.rules[0].condition?.comparisons.count == 3)
    }

    @Test("a comparison costs what it may look at")
    func costs() throws {
        let cheap = try PolicyText.condition("port == 80").cost
        let path = try PolicyText.condition("path starts \"/abc\"").cost
        let header = try PolicyText.condition("header[\"x\"] == \"a\"").cost
        let pattern = try PolicyText.condition("header[\"x\"] matches \"a\"").cost
        #expect(cheap < path && path < header && header < pattern)
        #expect(try PolicyText.condition("port == 80 and path starts \"/abc\"").cost == cheap + path)
    }

    private func run(_ condition: Condition, _ values: [Bool]) -> Bool {
        var accumulator = false
        var index = 0
        while index < condition.steps.count {
            switch condition.steps[index] {
            case .test(let number): accumulator = values[number]
            case .not: accumulator.toggle()
            case .jumpIfFalse(let target): if !accumulator { index = target - 1 }
            case .jumpIfTrue(let target): if accumulator { index = target - 1 }
            }
            index += 1
        }
        return accumulator
    }
}
