import Glibc
import Testing

/// Whatever takes too long is ended. No test here asks how long it took, but that it was not before its time.
@Suite("Deadlines hold", .appliance)
struct DeadlineTests {
    private var appliance: Appliance { get throws { try Appliance.hasty } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let head = "Host: a.example.test\r\n"

    @Test("A head that does not end is 408, and recorded", arguments: Appliance.Scheme.allCases)
    func head(_ scheme: Appliance.Scheme) throws {
        let client = try Appliance.hasty.client(scheme)
        try client.send("GET /slow-head/\(scheme) HTTP/1.1\r\n\(Self.head)X: ")
        let response = try client.response()
        #expect(response.status == 408 && response["Connection"] == "close")
        let record = try appliance.record(of: response)
        #expect(record.reason == "deadline.head" && record.action == "deny" && record.method == "GET")
        #expect(try client.rest().end == .proper)
    }

    @Test("A connection without a request is closed without a word", arguments: Appliance.Scheme.allCases)
    func idle(_ scheme: Appliance.Scheme) throws {
        let client = try appliance.client(scheme)
        #expect(try client.exchange("GET /then-idle HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        let rest = try client.rest()
        #expect(rest.bytes.isEmpty && rest.end == .proper)
    }

    @Test("A TLS handshake that does not come is ended")
    func handshake() throws {
        let client = try Client(port: appliance.https)
        try client.send("\u{16}\u{3}\u{1}")
        #expect(try client.rest().bytes.isEmpty)
    }

    @Test("A body that does not come is 408")
    func body() throws {
        let client = try appliance.client()
        try client.send("POST /patient/slow-body HTTP/1.1\r\n\(Self.head)Content-Length: 1000000\r\n\r\nx")
        let response = try client.response(to: "POST")
        #expect(response.status == 408 && response["Connection"] == "close")
        let record = try appliance.record(of: response)
        #expect(record.reason == "deadline.body" && record.us >= 300_000)
        #expect(try origin.events("body", at: "/patient/slow-body").isEmpty)
    }

    @Test("A body that comes too slowly is 408")
    func bodyRate() throws {
        let client = try appliance.client()
        try client.send("POST /patient/body-rate HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<100 {
            try client.send("1\r\nx\r\n")
            if !client.isSilent { break }
        }
        let response = try client.response(to: "POST")
        #expect(response.status == 408)
        #expect(try appliance.record(of: response).reason == "deadline.body")
    }

    @Test("A trailer that does not end is the client's slowness, not the server's")
    func trailer() throws {
        let client = try appliance.client()
        try client.send(
            "POST /patient/trailer HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: ")
        let response = try client.response(to: "POST")
        #expect(response.status == 408)
        #expect(try appliance.record(of: response).reason == "deadline.body")
    }

    @Test("A server that does not take the connection is 504")
    func connect() throws {
        let client = try appliance.client()
        let response = try client.exchange("GET /full/x HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.status == 504)
        let record = try appliance.record(of: response)
        #expect(record.reason == "upstream.connect.timeout" && record.us >= 300_000)
    }

    @Test("A server that does not answer is 504")
    func response() throws {
        try origin.answer("/silent", [.wait("silent")])
        let client = try appliance.client()
        let response = try client.exchange("GET /silent HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.status == 504)
        let record = try appliance.record(of: response)
        #expect(record.reason == "upstream.timeout" && record.us >= 300_000 && record.action == "allow")
        try origin.open("silent")
    }

    @Test("A server that stops within its answer breaks the connection")
    func responseBody() throws {
        try origin.answer(
            "/stops", [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart"), .wait("stops")])
        let client = try appliance.client()
        try client.send("GET /stops HTTP/1.1\r\n\(Self.head)\r\n")
        let rest = try client.rest()
        #expect(String(decoding: rest.bytes, as: UTF8.self).hasSuffix("\r\n\r\npart"))
        let record = try appliance.record("/stops")
        #expect(record.reason == "upstream.timeout" && record.status == 200)
        try origin.open("stops")
    }

    @Test("A client that does not take its response is given up")
    func send() throws {
        try origin.answer(
            "/patient/not-taken", [.send("HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n"), .fill(99_000_000)])
        let client = try Client(port: appliance.http, receiveBuffer: 65_536)
        try client.send("GET /patient/not-taken HTTP/1.1\r\n\(Self.head)\r\n")
        let record = try appliance.record("/patient/not-taken")
        #expect(record.reason == "deadline.write" && record.status == 200)
    }
}
