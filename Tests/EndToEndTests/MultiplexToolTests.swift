import Foundation
import Testing

@Suite("The tools of the field speak HTTP/2 with it", .appliance, .serialized)
struct MultiplexToolTests {
    private var appliance: Appliance { get throws { try Appliance.multiplexing } }
    private var origin: Origin { get throws { try Origin.shared } }

    private static let curl = ["curl", "-sSk", "--http2", "--resolve"]

    private func curl(_ path: String, _ arguments: [String] = []) throws -> (output: String, status: Int32) {
        let port = try appliance.https
        return try Tool.run(
            Self.curl + ["a.example.test:\(port):127.0.0.1", "https://a.example.test:\(port)\(path)"] + arguments)
    }

    @Test("curl gets and posts", .enabled(if: Tool.isInstalled("curl"), "curl is not installed: scripts/require test"))
    func curl() throws {
        let get = try curl("/curl-get", ["-w", "%{http_version} %{http_code}"])
        #expect(get.output == "hello\n2 200" && get.status == 0)
        let body = String(repeating: "x", count: 300_000)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("masugata-curl-\(getpid())")
        try body.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let post = try curl("/curl-post", ["--data-binary", "@\(file.path)", "-w", "%{http_code}"])
        #expect(post.output == "hello\n200" && post.status == 0)
        #expect(try origin.body("/curl-post").size == 300_000)
        let put = try curl("/curl-put", ["-T", file.path, "-H", "Content-Length:", "-w", "%{http_code}"])
        #expect(put.output == "hello\n200")
        #expect(try origin.body("/curl-put").size == 300_000)
    }

    @Test(
        "nghttp gets, with statistics and padding",
        .enabled(if: Tool.isInstalled("nghttp"), "nghttp2-client is not installed: scripts/require test"))
    func nghttp() throws {
        try origin.answer(
            "/nghttp", [.send("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"), .fill(200_000)])
        let port = try appliance.https
        let answer = try Tool.run(
            ["nghttp", "-y", "-b", "100", "-H", ":authority: a.example.test", "https://127.0.0.1:\(port)/nghttp"])
        // It names 127.0.0.1 in no handshake, so any site of the listener may be asked for.
        #expect(answer.status == 0 && answer.output.utf8.count == 200_000)
    }

    @Test(
        "h2load loses nothing", .enabled(if: Tool.isInstalled("h2load"), "nghttp2-client is not installed: scripts/require test"),
        arguments: ["/fixed", "/h2load"])
    func h2load(_ path: String) throws {
        let count = path == "/fixed" ? 20_000 : 2_000
        let answer = try Tool.run(
            [
                "h2load", "-n", "\(count)", "-c", "16", "-m", "10", "-H", ":authority: a.example.test",
                "https://127.0.0.1:\(try appliance.https)\(path)",
            ])
        #expect(answer.output.contains("\(count) succeeded, 0 failed, 0 errored, 0 timeout"))
        #expect(answer.output.contains("status codes: \(count) 2xx"))
    }

    @Test(
        "A reload and an end under load lose no request",
        .enabled(if: Tool.isInstalled("h2load"), "nghttp2-client is not installed: scripts/require test"))
    func reload() throws {
        let policy = """
            pool app { server "127.0.0.1:\(try origin.port)" }
            site "a.example.test" { route "/*" { to = app }  route "/fixed" { respond { body = "fixed\\n" } } }

            """
        let appliance = try Appliance(policy)
        let load = try Tool.start(
            [
                "h2load", "-n", "30000", "-c", "8", "-m", "10", "-H", ":authority: a.example.test",
                "https://127.0.0.1:\(appliance.https)/fixed",
            ])
        for round in 0..<3 {
            usleep(200_000)
            try appliance.reload(policy + "# \(round)\n")
        }
        let output = String(decoding: load.pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(output.contains("30000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(output)")
    }
}
