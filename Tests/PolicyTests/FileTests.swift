import Plan
import Policy
import Testing

@Suite("Files that a policy names")
struct FileTests {
    /// Files in memory.
    private struct Memory: PolicyFiles {
        let files: [String: [UInt8]]

        func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
            guard let contents = files[name] else { throw PolicyFileProblem("is not there") }
            return contents
        }

        func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
            let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
            return files.keys.filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) }.sorted()
        }
    }

    private func compiled(_ text: String, _ files: [String: String], now: Int64? = nil) -> Compilation {
        compile(
            Array(text.utf8), fileName: "main.policy", files: Memory(files: files.mapValues { Array($0.utf8) }),
            now: now)
    }

    private let site =
        """
        site "a.example" { route "/*" { to = app }  rules { log "x" when client in office and path in list.bots } }

        """

    @Test("included files stand where they are included, and places name them")
    func include() throws {
        let compilation = compiled(
            "include \"policy.d/*.policy\"\nlisten web { http = [\"127.0.0.1:80\"] }\n",
            [
                "policy.d/b.policy": "\n" + site,
                "policy.d/a.policy": "pool app { server \"h:1\" } network office { 10.0.0.0/8 } list bots { \"/a\" }",
                "policy.d/c.txt": "nonsense",
            ])
        #expect(compilation.diagnostics == [])
        let plan = try #require(compilation.plan)
        #expect(plan.sources == ["main.policy", "policy.d/a.policy", "policy.d/b.policy"])
        #expect(plan.sites[0].position == SourcePosition(line: 2, column: 1, file: 2))
        #expect(plan.sites[0].rules[0].position.file == 2 && plan.sites[0].rules[0].position.line == 2)
    }

    @Test("lists and networks take a line of their files each, besides what stands in the block")
    func lists() throws {
        let compilation = compiled(
            """
            listen web { http = ["127.0.0.1:80"] }
            pool app { server "h:1" }
            network office { 10.0.0.0/8  file = "networks" }
            list bots { "/a" file = "texts" }
            \(site)
            """,
            [
                "networks": "# all of them\r\n192.0.2.1   # one\n\n2001:db8::/32\n10.0.0.0/8",
                "texts": "/b c\n\n#comment\n  /d\t\r\n/a\n",
            ])
        #expect(compilation.diagnostics == [])
        let plan = try #require(compilation.plan)
        #expect(plan.networks[0].blocks.map(\.description) == ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"])
        #expect(plan.lists[0].texts.map { String(decoding: $0, as: UTF8.self) } == ["/a", "/b c", "/d"])
    }

    @Test("a page that is too large is refused, whoever hands it out")
    func largePage() {
        let compilation = compiled(
            """
            listen web { http = ["127.0.0.1:80"] }
            pool app { server "h:1" }
            site "a.example" { errors { 404 = "p.html" }  route "/*" { to = app } }
            """, ["p.html": String(repeating: "x", count: PlanBounds.page + 1)])
        #expect(compilation.diagnostics.map(\.message) == ["the file 'p.html' has more than \(PlanBounds.page) bytes"])
    }

    // MARK: Time zones

    /// A compiled time zone, version 2 (RFC 9636): transitions as (time, number of the type), offsets by type, footer.
    private func zoneFile(_ transitions: [(Int64, UInt8)], _ offsets: [Int32], _ footer: String) -> [UInt8] {
        func bigEndian(_ value: Int64, _ count: Int) -> [UInt8] {
            (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
        }
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, 4].flatMap { bigEndian(Int64($0), 4) }
        }
        var file = header(0, 1) + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        file += header(transitions.count, offsets.count)
        file += transitions.flatMap { bigEndian($0.0, 8) } + transitions.map(\.1)
        file += offsets.flatMap { bigEndian(Int64($0), 4) + [0, 0] } + Array("UTC\0".utf8)
        return file + Array("\n\(footer)\n".utf8)
    }

    private func compiledZone(_ file: [UInt8], now: Int64) -> Zone? {
        let policy = """
            zone = "Test/Zone"
            listen web { http = ["127.0.0.1:80"] }
            pool app { server "h:1" }
            site "a.example" { route "/*" { to = app } }
            """
        return compile(
            Array(policy.utf8), fileName: "p", files: Memory(files: ["/usr/share/zoneinfo/Test/Zone": file]), now: now
        ).plan?.zone
    }

    @Test(
        "a zone's footer is followed for ten years: Berlin changes on the last Sundays of March and October"
    )
    func footer() throws {
        let zone = try #require(
            compiledZone(zoneFile([], [3_600], "CET-1CEST,M3.5.0,M10.5.0/3"), now: FilesOfFolder.today))
        #expect(zone.name == "Test/Zone" && zone.transitions.count >= 20 && zone.transitions.count <= 24)
        #expect(zone.offset(at: 1_774_745_999) == 3_600 && zone.offset(at: FilesOfFolder.today) == 3_600)
        // 2027-03-28 01:00 UTC and 2027-10-31 01:00 UTC
        #expect(zone.offset(at: 1_806_195_599) == 3_600 && zone.offset(at: 1_806_195_600) == 7_200)
        #expect(zone.offset(at: 1_824_944_399) == 7_200 && zone.offset(at: 1_824_944_400) == 3_600)
    }

    @Test("south of the equator summer is over the new year; names may stand in angle brackets")
    func south() throws {
        let zone = try #require(
            compiledZone(zoneFile([], [-10_800], "<-04>4<-03>,M9.1.6/24,M4.1.6/24"), now: FilesOfFolder.today))
        // 2027-01-15 is in summer, 2027-06-15 is not.
        #expect(zone.offset(at: 1_799_971_200) == -10_800 && zone.offset(at: 1_813_017_600) == -14_400)
    }

    @Test("a zone without changes has one offset, and transitions of the file come before the footer")
    func transitions() throws {
        let fixed = try #require(compiledZone(zoneFile([], [32_400], "JST-9"), now: FilesOfFolder.today))
        #expect(fixed.transitions.map(\.offset) == [32_400])
        let start = FilesOfFolder.today + 1_000
        let changing = try #require(
            compiledZone(zoneFile([(0, 0), (start, 1)], [0, 3_600], "XXX-1"), now: FilesOfFolder.today))
        #expect(changing.offset(at: start - 1) == 0 && changing.offset(at: start) == 3_600)
    }

    @Test("what is no compiled zone is refused, wherever it ends")
    func wrongZones() {
        let file = zoneFile([(0, 0), (FilesOfFolder.today + 5, 1)], [0, 3_600], "XXX-1")
        for count in 0..<(file.count - 10) {
            #expect(compiledZone(Array(file[..<count]), now: FilesOfFolder.today) == nil, "\(count) bytes")
        }
        var random = SplitMix(state: 7)
        for _ in 0..<2_000 {
            var other = file
            for _ in 0..<3 {
                other[Int.random(in: 0..<other.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = compiledZone(other, now: FilesOfFolder.today)
        }
    }
}
