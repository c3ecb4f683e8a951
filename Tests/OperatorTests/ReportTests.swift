import Testing

@testable import masugata

@Suite("The report of an attestation")
struct ReportTests {
    private func appliance(_ members: [Appliance.Member]) -> Appliance {
        let supervisor = Appliance.Member(
            .object([.init("role", .text("supervisor")), .init("pid", .number(10))]), snapshot: Sample.supervisor)
        return Appliance(members: [supervisor] + members)
    }

    @Test("an appliance that keeps all promises exits 0")
    func kept() {
        let snapshot = Sample.snapshot(.proxy)
        let report = AttestationReport(
            appliance([Sample.member(.proxy, snapshot: snapshot)]), others: [], landlockOffered: 7)
        #expect(report.outcome == .kept)
        #expect(report.text.contains("All that is promised holds"))
    }

    @Test("one process without a filter exits 1, and the report names it")
    func broken() {
        var snapshot = Sample.snapshot(.proxy)
        snapshot.status.seccompMode = 0
        snapshot.status.filters = 0
        let report = AttestationReport(
            appliance([Sample.member(.proxy, snapshot: snapshot)]), others: [], landlockOffered: 7)
        #expect(report.outcome == .broken)
        #expect(report.outcome.rawValue == 1)
        #expect(report.text.contains("DIFFERS: seccomp mode: promised 2; found 0"))
    }

    @Test("a place that is not filled is a difference")
    func down() {
        let report = AttestationReport(appliance([Sample.member(.keyholder)]), others: [], landlockOffered: 7)
        #expect(report.outcome == .broken)
    }

    @Test("a copy of a confined process is held to the promises of its parent")
    func childOfADialer() {
        let dialer = Sample.snapshot(.dialer)
        var resolver = Sample.snapshot(.dialer)
        resolver.status.parent = dialer.pid
        let seen = appliance([Sample.member(.dialer, snapshot: dialer)])
        #expect(AttestationReport(seen, others: [resolver], landlockOffered: 7).outcome == .kept)
        resolver.status.seccompMode = 0
        #expect(AttestationReport(seen, others: [resolver], landlockOffered: 7).outcome == .broken)
    }

    @Test("a process below the supervisor that nobody names is a difference")
    func stranger() {
        var stranger = Sample.snapshot(.proxy)
        stranger.status.parent = 10
        #expect(AttestationReport(appliance([]), others: [stranger], landlockOffered: 7).outcome == .broken)
    }

    @Test("facts that cannot be seen exit 3, unless one differs")
    func unseen() {
        var snapshot = Sample.snapshot(.proxy)
        snapshot.descriptors = nil
        let members = [Sample.member(.proxy, snapshot: snapshot)]
        #expect(AttestationReport(appliance(members), others: [], landlockOffered: 7).outcome.rawValue == 3)
        snapshot.status.noNewPrivileges = false
        let worse = [Sample.member(.proxy, snapshot: snapshot)]
        #expect(AttestationReport(appliance(worse), others: [], landlockOffered: 7).outcome == .broken)
    }

    @Test("the JSON form says the verdict of every fact")
    func json() throws {
        let report = AttestationReport(
            appliance([Sample.member(.proxy, snapshot: Sample.snapshot(.proxy))]), others: [], landlockOffered: 7)
        let read = try JSONParser.parse(Array(report.json.encoded.utf8))
        #expect(read["outcome"].text == "kept")
        #expect(read["processes"].list.count == 2)
        #expect(read["processes"].list.flatMap { $0["facts"].list }.allSatisfy { $0["verdict"].text == "holds" })
    }
}
