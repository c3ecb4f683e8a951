import Testing

@Suite("Malformed requests are refused, recorded, and reach nobody", .appliance)
struct MalformedRequestTests {
    private static let host = "Host: a.example.test\r\n"

    @Test("A malformed request line", arguments: MalformedRequest.requestLines)
    func lines(_ it: MalformedRequest) throws { try refuses(it) }

    @Test("A malformed field", arguments: MalformedRequest.fieldLines)
    func fields(_ it: MalformedRequest) throws { try refuses(it) }

    @Test("Framing that is invalid or ambiguous", arguments: MalformedRequest.framings)
    func framing(_ it: MalformedRequest) throws { try refuses(it) }

    @Test(
        "The same by TLS",
        arguments: [
            MalformedRequest.requestLines[0], MalformedRequest.fieldLines[1], MalformedRequest.framings[3],
        ])
    func byTLS(_ it: MalformedRequest) throws { try refuses(it, .https) }

    @Test("Malformed chunks", arguments: MalformedRequest.chunkings)
    func chunks(_ it: MalformedRequest) throws {
        let path = "/malformed-chunks/\(it.testDescription.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 })"
        let client = try Appliance.standard.client()
        try client.send(
            "POST \(path) HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n\(it.request)"
                + "GET /bad/smuggled HTTP/1.1\r\n\(Self.host)\r\n")
        let response = try client.response(to: "POST")
        #expect(response.status == it.status && response["Connection"] == "close")
        #expect(try client.rest().bytes.isEmpty)
        let record = try Appliance.standard.record(of: response)
        #expect(record.reason == it.reason && record.path == path && record.status == it.status)
        #expect(try Origin.shared.events("body", at: path).isEmpty)
        #expect(try Origin.shared.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    private func refuses(_ it: MalformedRequest, _ scheme: Appliance.Scheme = .http) throws {
        let client = try Appliance.standard.client(scheme)
        // What stands behind it must not be taken for a request either.
        try client.send(it.request + "GET /bad/smuggled HTTP/1.1\r\n\(Self.host)\r\n")
        let response = try client.response(to: "GET")
        #expect(response.status == it.status && response["Connection"] == "close")
        #expect(response.text.contains(it.reason))
        let rest = try client.rest()
        #expect(rest.bytes.isEmpty && rest.end == .proper)
        let record = try Appliance.standard.record(of: response)
        #expect(record.reason == it.reason && record.status == it.status && record.action == "deny")
        #expect(record.upstream == "" && record.client == "127.0.0.1")
        #expect(try Origin.shared.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }
}
