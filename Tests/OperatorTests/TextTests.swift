import Testing

@testable import masugata

@Suite("Tables and the status for people")
struct TextTests {
    @Test("columns are as wide as their widest entry, and lines end without blanks")
    func table() {
        var table = TextTable(["A", "BB"])
        table.add(["long", ""])
        #expect(table.text == "A     BB\nlong")
    }

    @Test(
        "durations begin with the first part that is not zero",
        arguments: [(0, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (90_061, "1 d 1 h 1 min 1 s")] as [(UInt64, String)])
    func duration(_ seconds: UInt64, _ text: String) { #expect(StatusText.duration(seconds) == text) }

    @Test("the counters of all workers are added up, zeros are left out")
    func status() throws {
        let worker =
            #"{"role":"proxy","worker":%,"pid":5,"state":"serving","restarts":0,"last_end":"","counters":{"requests":3,"tunnels":0}}"#
        let workers = ["0", "1"].map {
            String(worker.map { String($0) }.joined()).split(separator: "%").joined(separator: $0)
        }
        let status = try JSONParser.parse(
            Array(#"{"version":"1","processes":[\#(workers.joined(separator: ","))]}"#.utf8))
        let text = StatusText.text(status)
        #expect(text.contains("proxy       requests  6"))
        #expect(!text.contains("tunnels"))
        #expect(text.contains("proxy 1"))
    }

    @Test("the process table says of every role once what happens when it dies")
    func processes() {
        let snapshot = Sample.snapshot(.proxy)
        let members = [Sample.member(.proxy, snapshot: snapshot), Sample.member(.proxy, snapshot: snapshot)]
        let text = ProcessTable.text(Appliance(members: members))
        let parts = text.split(separator: "\n\n")
        #expect(parts.count == 2)
        #expect(parts[0].split(separator: "\n").count == 3)
        #expect(parts[1].split(separator: "\n").count == 2)
    }
}
