import Foundation
import Testing

@Suite("Bodies of HTTP/2 stream, within the windows of both sides", .appliance)
struct MultiplexBodyTests {
    private var appliance: Appliance { get throws { try Appliance.multiplexing } }
    private var origin: Origin { get throws { try Origin.shared } }

    @Test("A body with Content-Length keeps it, one without is chunked", arguments: [true, false])
    func request(_ hasLength: Bool) throws {
        let path = "/h2-body/\(hasLength)"
        let client = try appliance.streamClient()
        let fields = hasLength ? ["content-length: 9"] : []
        try client.send(Frames.request(1, path, method: "POST", fields, ends: false) + Frames.data(1, "some "))
        let response = try client.exchange(1, Frames.data(1, "body", ends: true))
        #expect(response.status == 200)
        let body = try origin.body(path)
        #expect(body.size == 9)
        #expect(try origin.field("content-length", path) == (hasLength ? "9" : nil))
        #expect(try origin.field("transfer-encoding", path) == (hasLength ? nil : "chunked"))
        #expect(try appliance.record(path).bytesIn >= 9)
    }

    @Test("Trailer fields of the request reach the server")
    func trailers() throws {
        let client = try appliance.streamClient()
        try client.send(
            Frames.request(1, "/h2-request-trailers", method: "POST", ends: false) + Frames.data(1, "abc"))
        #expect(try client.exchange(1, Frames.headers(1, ["x-sum: 42"])).status == 200)
        #expect(try origin.body("/h2-request-trailers").raw?.hasSuffix("0\r\nx-sum: 42\r\n\r\n") == true)
    }

    @Test("100 is sent when the body is wanted")
    func expectation() throws {
        try origin.answer("/h2-continue", early: true, [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try appliance.streamClient()
        let fields = ["expect: 100-continue", "content-length: 3"]
        try client.send(Frames.request(1, "/h2-continue", method: "POST", fields, ends: false))
        try client.wait { $0.streams[1]?.sections.first == [":status: 100"] }
        #expect(try client.exchange(1, Frames.data(1, "abc", ends: true)).text == "ok")
    }

    @Test("A large upload arrives whole, and its window is opened as the server takes it", arguments: [true, false])
    func upload(_ hasLength: Bool) throws {
        let path = "/h2-upload/\(hasLength)"
        let client = try appliance.streamClient()
        let parts = 200
        let part = [UInt8](repeating: 0x61, count: 10_000)
        let fields = hasLength ? ["content-length: \(parts * part.count)"] : []
        try client.send(Frames.request(1, path, method: "POST", fields, ends: false))
        try sendWithinWindow(client, part, parts)
        #expect(try client.response(1).status == 200)
        #expect(try origin.body(path).size == parts * part.count)
    }

    /// Sends data as the windows of a client allow.
    private func sendWithinWindow(_ client: StreamClient, _ part: [UInt8], _ parts: Int) throws {
        for index in 0..<parts {
            try client.wait { $0.window(1) >= part.count && $0.window(0) >= part.count }
            try client.send(data: part, on: 1, ends: index == parts - 1)
        }
    }

    @Test("A body above the route's limit is 413, and the connection goes on", arguments: [true, false])
    func limit(_ hasLength: Bool) throws {
        let client = try appliance.streamClient()
        let body = [UInt8](repeating: 0x61, count: 2_000)
        let fields = hasLength ? ["content-length: 2000"] : []
        let response = try client.exchange(
            1,
            Frames.request(1, "/small/h2/\(hasLength)", method: "POST", fields, ends: false)
                + Frames.data(1, body, ends: true))
        #expect(response.status == 413 && response.isComplete)
        #expect(try client.exchange(3, Frames.request(3, "/h2-after-limit")).status == 200)
    }

    @Test("A body that is not as long as it says ends its stream alone", arguments: ["2", "4"])
    func wrongLength(_ length: String) throws {
        let path = "/h2-wrong-length/\(length)"
        let client = try appliance.streamClient()
        let fields = ["content-length: \(length)"]
        let response = try client.exchange(
            1, Frames.request(1, path, method: "POST", fields, ends: false) + Frames.data(1, "abc", ends: true))
        #expect(response.resetCode == 1)
        #expect(try client.exchange(3, Frames.request(3, "/h2-after-wrong-length")).status == 200)
        #expect(try appliance.record(path).reason == "request.body.length")
    }

    @Test("A large download waits for a client that opens no window, and arrives whole", arguments: Appliance.Scheme.allCases)
    func download(_ scheme: Appliance.Scheme) throws {
        let size = 4 << 20
        let path = "/h2-download/\(scheme)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .fill(size)])
        let client = try scheme == .https ? appliance.streamClient() : appliance.plainStreamClient()
        client.opensWindows = false
        try client.send(Frames.request(1, path, scheme: "\(scheme)"))
        try client.wait { $0.streams[1]?.body.count == 65_535 }
        #expect(client.client.isSilent)
        client.opensWindows = true
        try client.send(Frames.windowUpdate(0, 65_535) + Frames.windowUpdate(1, 65_535))
        let response = try client.response(1)
        #expect(response.body.count == size && response.body.allSatisfy { $0 == 0x78 } && response.isComplete)
        #expect(try appliance.record(path).bytesOut > size)
    }

    @Test("A stalled stream does not keep the others of its connection")
    func stalledStream() throws {
        let path = "/h2-stalled"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"), .fill(1_000_000)])
        // The connection's window is large, the stream's is small.
        let client = try appliance.streamClient(settings: [(4, 1_000)])
        client.opensWindows = false
        try client.send(Frames.windowUpdate(0, 1 << 20) + Frames.request(1, path))
        try client.wait { $0.streams[1]?.body.count == 1_000 }
        #expect(try client.exchange(3, Frames.request(3, "/h2-beside-stalled")).text == "hello\n")
    }

    @Test("What is urgent is sent first (RFC 9218)")
    func priority() throws {
        let body = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        for path in ["/h2-later", "/h2-sooner"] {
            try origin.answer(path, [.send(body), .fill(100_000)])
        }
        let client = try appliance.streamClient()
        client.opensWindows = false
        // Both responses wait for the window of the connection.
        try client.send(
            Frames.request(1, "/h2-later", ["priority: u=5"]) + Frames.request(3, "/h2-sooner", ["priority: u=1"]))
        try client.wait { $0.order.count >= 1 && $0.total == 65_535 && $0.streams[3]?.head != nil }
        _ = client.client.isSilent
        let before = client.order.count
        try client.send(Frames.windowUpdate(1, 200_000) + Frames.windowUpdate(3, 200_000) + Frames.windowUpdate(0, 300_000))
        #expect(try client.response(3).body.count == 100_000)
        #expect(try client.response(1).body.count == 100_000)
        let later = client.order[before...]
        let last = later.lastIndex(of: 3) ?? 0
        #expect(later[..<last].allSatisfy { $0 == 3 })
    }

    @Test("A request that the client breaks off leaves the queue before a server sees it")
    func resetInQueue() throws {
        try origin.answer("/one/h2-first", [.wait("h2-first"), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try appliance.streamClient()
        try client.send(Frames.request(1, "/one/h2-first"))
        _ = try origin.head("/one/h2-first")
        try client.send(Frames.request(3, "/one/h2-second") + Frames.request(5, "/one/h2-third"))
        try client.send(Frames.reset(3) + Frames.ping())
        try client.wait { $0.pings.contains("12345678") }
        try origin.open("h2-first")
        #expect(try client.response(1).text == "ok")
        #expect(try client.response(5).text == "hello\n")
        #expect(try origin.events(at: "/one/h2-second").isEmpty)
        let record = try appliance.record("/one/h2-second")
        #expect(record.reason == "client.reset" && record.status == 499)
    }

    @Test("A request that the client breaks off ends its connection to the server")
    func resetUnderWay() throws {
        try origin.answer("/h2-abandoned", [.wait("h2-abandoned"), .send("HTTP/1.1 200 OK\r\n\r\n")])
        let client = try appliance.streamClient()
        try client.send(Frames.request(1, "/h2-abandoned"))
        _ = try origin.head("/h2-abandoned")
        try client.send(Frames.reset(1))
        #expect(try appliance.record("/h2-abandoned").reason == "client.reset")
        try origin.open("h2-abandoned")
        #expect(try client.exchange(3, Frames.request(3, "/h2-after-abandoned")).text == "hello\n")
    }
}
