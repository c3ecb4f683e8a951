import Testing

@Suite("Malformed responses are 502, and say why in the record", .appliance)
struct MalformedResponseTests {
    @Test("Malformed responses", arguments: MalformedResponse.all)
    func malformed(_ it: MalformedResponse) throws {
        let path = "/malformed-response/\(it.testDescription.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 })"
        try Origin.shared.answer(path, [.send(it.response), .close])
        let client = try Appliance.standard.client()
        try client.send("GET \(path) HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        var response = try client.response()
        while response.status == 102 { response = try client.response() }
        #expect(response.status == 502 && response.text.contains(it.reason))
        let record = try Appliance.standard.record(of: response)
        #expect(record.reason == it.reason && record.status == 502 && record.action == "allow")
        #expect(try record.upstream == "127.0.0.1:\(Origin.shared.port)")
        #expect(try client.exchange("GET /after-malformed HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 200)
    }

    @Test("A malformed chunk behind a part that has left breaks the connection")
    func malformedOnItsWay() throws {
        try Origin.shared.answer(
            "/malformed-later",
            [
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"), .wait("malformed-later"),
                .send("zz\r\n"),
            ])
        let client = try Appliance.standard.client()
        try client.send("GET /malformed-later HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        var text = ""
        while !text.contains("part\r\n") { text += String(decoding: try client.bytes(1), as: UTF8.self) }
        try Origin.shared.open("malformed-later")
        #expect(try client.rest().bytes.isEmpty)
        let record = try Appliance.standard.record("/malformed-later")
        #expect(record.reason == "upstream.response.chunk" && record.status == 200)
    }

    @Test("A server that resets the connection")
    func reset() throws {
        try Origin.shared.answer("/reset", [.reset])
        let client = try Appliance.standard.client()
        let response = try client.exchange("GET /reset HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 502)
        #expect(try Appliance.standard.record(of: response).reason == "upstream.closed")
    }

    @Test("A server that refuses the connection")
    func refused() throws {
        let client = try Appliance.standard.client()
        let response = try client.exchange("GET /dead/x HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 502)
        let record = try Appliance.standard.record(of: response)
        #expect(record.reason == "upstream.connect" && record.route == "/dead/*" && record.action == "allow")
    }
}
