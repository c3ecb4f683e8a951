import Glibc
import Testing

@Suite("Bodies stream, no faster than the slower side", .appliance)
struct StreamingTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let head = "Host: a.example.test\r\n"
    private static let megabyte = 1 << 20

    /// An appliance whose worker's memory nobody else moves.
    private static func own() throws -> Appliance {
        try Appliance(
            """
            pool app { server "127.0.0.1:\(Origin.shared.port)" }
            site "a.example.test" { route "/*" { to = app  body = 1GiB } }
            """)
    }

    @Test(
        "A large download waits for a client that does not read, in little memory", arguments: Appliance.Scheme.allCases
    )
    func slowReader(_ scheme: Appliance.Scheme) throws {
        let appliance = try Self.own()
        let size = 64 * Self.megabyte
        let path = "/slow-reader/\(scheme)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .fill(size)])
        let client =
            scheme == .http ? try Client(port: appliance.http, receiveBuffer: 65_536) : try appliance.client(scheme)
        _ = try client.exchange("GET /before-slow-reader HTTP/1.1\r\n\(Self.head)\r\n")
        let before = try appliance.workerMemory()
        try client.send("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n")
        // Nobody reads: the worker takes what the kernel's buffers take, and then stops.
        _ = try client.bytes(1)
        usleep(300_000)
        let stopped = try appliance.workerMemory()
        #expect(stopped - before < 2 * Self.megabyte)
        var left = size
        var head: [UInt8] = []
        while !String(decoding: head, as: UTF8.self).hasSuffix("\r\n\r\n") { head += try client.bytes(1) }
        while left > 0 {
            let count = min(left, Self.megabyte)
            #expect(try client.bytes(count).allSatisfy { $0 == 0x78 })
            left -= count
        }
        #expect(try client.exchange("GET /after-slow-reader HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        #expect(try appliance.workerMemory() - before < 2 * Self.megabyte)
        #expect(try appliance.record(path).bytesOut > size)
    }

    @Test("A large upload waits for a server that does not read, in little memory", arguments: ["length", "chunked"])
    func slowServer(_ framing: String) throws {
        let appliance = try Self.own()
        let size = 64 * Self.megabyte
        let path = "/slow-server/\(framing)"
        try origin.answer(
            path, early: true,
            [.wait(framing), .body, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try appliance.client()
        _ = try client.exchange("GET /before-slow-server HTTP/1.1\r\n\(Self.head)\r\n")
        let before = try appliance.workerMemory()
        let chunk = framing == "chunked" ? String(size, radix: 16) + "\r\n" : ""
        let announced = framing == "chunked" ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
        try client.send("POST \(path) HTTP/1.1\r\n\(Self.head)\(announced)\r\n\r\n\(chunk)")
        let sent = client.fill(size)
        #expect(sent < size)
        #expect(try appliance.workerMemory() - before < 2 * Self.megabyte)
        try origin.open(framing)
        try client.send([UInt8](repeating: 0x78, count: size - sent))
        if framing == "chunked" { try client.send("\r\n0\r\n\r\n") }
        #expect(try client.response(to: "POST").text == "ok")
        #expect(try origin.body(path).size == size)
        #expect(try appliance.workerMemory() - before < 2 * Self.megabyte)
    }

    @Test("The time for a body does not run while it is the server that does not take it")
    func blamelessClient() throws {
        let path = "/patient/blameless"
        let size = 32 * Self.megabyte
        try origin.answer(
            path, early: true,
            [.wait("blameless"), .body, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try Appliance.hasty.client()
        try client.send("POST \(path) HTTP/1.1\r\n\(Self.head)Content-Length: \(size)\r\n\r\n")
        // The client waits once for a moment, so that its time begins to run, then for the server alone.
        usleep(20_000)
        let sent = client.fill(size)
        usleep(2_000_000)
        try origin.open("blameless")
        try client.send([UInt8](repeating: 0x78, count: size - sent))
        #expect(try client.response(to: "POST").text == "ok")
    }

    @Test("An early answer to an upload reaches a client that goes on sending", arguments: Appliance.Scheme.allCases)
    func earlyResponse(_ scheme: Appliance.Scheme) throws {
        let path = "/early/\(scheme)"
        try origin.answer(
            path, early: true,
            [.send("HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"), .close])
        let client = try appliance.client(scheme)
        try client.send("POST \(path) HTTP/1.1\r\n\(Self.head)Content-Length: \(8 * Self.megabyte)\r\n\r\n")
        try client.send([UInt8](repeating: 0x78, count: 2 * Self.megabyte))
        let response = try client.response(to: "POST")
        #expect(response.status == 403 && response.text == "no")
        let record = try appliance.record(path)
        #expect(record.status == 403 && record.reason == "" && record.action == "allow")
    }

    @Test("A refusal reaches a client that goes on sending")
    func refusedUpload() throws {
        let client = try appliance.client()
        try client.send("POST /small/upload HTTP/1.1\r\n\(Self.head)Content-Length: \(8 * Self.megabyte)\r\n\r\n")
        // All of it is taken: the connection is not closed over it.
        #expect(try client.send([UInt8](repeating: 0x78, count: 8 * Self.megabyte)))
        client.finishSending()
        let response = try client.response(to: "POST")
        #expect(response.status == 413 && response["Connection"] == "close")
        #expect(try client.rest().end == .proper)
        #expect(try appliance.record(of: response).reason == "request.body.size")
        #expect(try origin.events("head", at: "/small/upload").isEmpty)
    }

    @Test("A chunked body that grows too large is refused on its way")
    func tooLargeOnItsWay() throws {
        let client = try appliance.client()
        try client.send("POST /small/chunked HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\n\r\n")
        try client.send("200\r\n" + String(repeating: "x", count: 512) + "\r\n")
        _ = try origin.head("/small/chunked")
        try client.send("201\r\n" + String(repeating: "x", count: 513) + "\r\n")
        let response = try client.response(to: "POST")
        #expect(response.status == 413 && response["Connection"] == "close")
        let record = try appliance.record(of: response)
        #expect(record.reason == "request.body.size" && record.path == "/small/chunked")
        #expect(try origin.events("body", at: "/small/chunked").isEmpty)
    }

    @Test("The record of a client that goes away says so", arguments: Appliance.Scheme.allCases)
    func lostClient(_ scheme: Appliance.Scheme) throws {
        let path = "/lost-client/\(scheme)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"), .fill(100_000_000)])
        do {
            let client = try appliance.client(scheme)
            try client.send("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n")
            _ = try client.bytes(100)
            if scheme == .http { client.reset() }
        }
        let record = try appliance.record(path)
        #expect(record.reason == "client.closed" && record.status == 200 && record.action == "allow")
        #expect(record.bytesOut < 100_000_000)
    }

    @Test("A client that goes away before anything was answered is recorded as 499")
    func lostClientBeforeResponse() throws {
        try origin.answer("/lost-early", [.wait("lost-early")])
        let client = try appliance.client()
        try client.send("GET /lost-early HTTP/1.1\r\n\(Self.head)\r\n")
        _ = try origin.head("/lost-early")
        client.reset()
        let record = try appliance.record("/lost-early")
        #expect(record.reason == "client.closed" && record.status == 499 && record.bytesOut == 0)
        try origin.open("lost-early")
    }

    @Test(
        "A client sees that its response was cut off",
        arguments: Appliance.Scheme.allCases,
        ["Content-Length: 1000\r\n\r\npart", "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"])
    func truncated(_ scheme: Appliance.Scheme, _ beginning: String) throws {
        let path = "/truncated/\(scheme)/\(beginning.first!)"
        let gate = "truncated-\(scheme)-\(beginning.first!)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\n\(beginning)"), .wait(gate), .close])
        let client = try appliance.client(scheme)
        try client.send("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n")
        // The part has left; then the server closes.
        var part = ""
        while !part.contains("part") { part += String(decoding: try client.bytes(1), as: UTF8.self) }
        try origin.open(gate)
        let rest = try client.rest()
        #expect(String(decoding: rest.bytes, as: UTF8.self).hasPrefix("0\r\n") == false)
        if scheme == .https { #expect(rest.end == .broken) }
        let record = try appliance.record(path)
        #expect(record.reason == "upstream.response.truncated" && record.status == 200)
    }

    @Test(
        "A client of HTTP/1.0 sees that a response which ends with the connection was cut off: the connection is reset",
        arguments: Appliance.Scheme.allCases,
        ["Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n", "X-Framing: none\r\n\r\npart"])
    func truncatedUntilClose(_ scheme: Appliance.Scheme, _ beginning: String) throws {
        let path = "/truncated-10/\(scheme)/\(beginning.first!)"
        let gate = "truncated-10-\(scheme)-\(beginning.first!)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\n\(beginning)"), .wait(gate), .reset])
        let client = try appliance.client(scheme)
        try client.send("GET \(path) HTTP/1.0\r\n\(Self.head)\r\n")
        var part = ""
        while !part.hasSuffix("\r\n\r\npart") { part += String(decoding: try client.bytes(1), as: UTF8.self) }
        #expect(!part.contains("Content-Length") && !part.contains("Transfer-Encoding"))
        try origin.open(gate)
        let rest = try client.rest()
        #expect(rest.bytes.isEmpty && rest.end == .broken)
        #expect(try appliance.record(path).reason == "upstream.response.truncated")
    }

    @Test("A client of HTTP/1.0 that takes its response too slowly sees that it was cut off")
    func slowUntilClose() throws {
        let size = 64 * Self.megabyte
        let path = "/patient/slow-10"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\n\r\n"), .fill(size), .close])
        let appliance = try Appliance.hasty
        let client = try Client(port: appliance.http, receiveBuffer: 65_536)
        try client.send("GET \(path) HTTP/1.0\r\n\(Self.head)\r\n")
        #expect(try appliance.record(path).reason == "deadline.write")
        let rest = try client.rest()
        #expect(rest.bytes.count < size && rest.end == .broken)
    }

    @Test("A request whose body ends early is 400, and the server does not get it as whole")
    func truncatedRequest() throws {
        let client = try appliance.client()
        try client.send("POST /truncated-request HTTP/1.1\r\n\(Self.head)Content-Length: 10\r\n\r\nhalf")
        client.finishSending()
        let response = try client.response(to: "POST")
        #expect(response.status == 400)
        #expect(try appliance.record(of: response).reason == "request.body.truncated")
        #expect(try origin.events("body", at: "/truncated-request").isEmpty)
    }
}
