import Foundation
import Testing

@Suite("Floods of HTTP/2 end their connection, and nobody else's", .appliance, .serialized)
struct MultiplexFloodTests {
    private var origin: Origin { get throws { try Origin.shared } }

    /// An appliance of its own: what is done to it touches no other test.
    private static let appliance = Result<Appliance, any Error> {
        try Appliance(
            """
            pool app { server "127.0.0.1:\(Origin.shared.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits {
              head = 1s  idle = 5s  body_grace = 500ms  body_rate = 1KiB/s  send = 1s  linger = 300ms  streams = 32
              penalty = 0s
            }
            """, listen: "prior_knowledge = on")
    }

    private var appliance: Appliance { get throws { try Self.appliance.get() } }

    /// What is sent again and again.
    enum Flood: String, CaseIterable, Sendable {
        case rapidReset, madeYouReset, continuation, endlessField, settings, ping, emptyData, windowUpdate, priority, unknown
        case priorityUpdate, headerBomb

        /// The `number`th part, which begins streams from `2 * number + 1` on.
        func part(_ number: Int) -> [UInt8] {
            let stream = UInt32(2 * number + 1)
            switch self {
            case .rapidReset: return Frames.request(stream, "/flood", scheme: "http") + Frames.reset(stream)
            // The server is made to reset: by an increment of 0 (CVE-2025-8671).
            case .madeYouReset:
                return Frames.request(stream, "/flood", scheme: "http") + Frames.windowUpdate(stream, 0)
            case .continuation:
                if number == 0 { return Frames.frame(1, stream: 1, Frames.block([":method: GET"])) }
                return Frames.continuation(1, [], ends: false)
            case .endlessField:
                if number == 0 { return Frames.frame(1, stream: 1, Frames.block([":method: GET"])) }
                return Frames.continuation(1, Frames.block(["x: \(String(repeating: "y", count: 8_000))"]), ends: false)
            case .settings: return Frames.settings([(4, 65_535)])
            case .ping: return Frames.ping()
            case .emptyData:
                if number == 0 { return Frames.request(1, "/flood-body", method: "POST", scheme: "http", ends: false) }
                return Frames.data(1, "")
            case .windowUpdate: return Frames.windowUpdate(0, 1)
            case .priority: return Frames.frame(2, stream: stream, [0, 0, 0, 0, 16])
            case .unknown: return Frames.frame(0xfa, stream: 0, [1, 2, 3])
            case .priorityUpdate: return Frames.priorityUpdate(stream, "u=1")
            // A large field is put into the table, and then named again and again.
            case .headerBomb:
                let large = [0x40] + Frames.length(1) + Array("x".utf8) + Frames.length(3_900)
                let block = Frames.block([
                    ":method: GET", ":scheme: http", ":authority: a.example.test", ":path: /flood",
                ])
                let fields = number == 0
                    ? large + [UInt8](repeating: 0x79, count: 3_900)
                    : [UInt8](repeating: 0xbe, count: 8_000)
                return Frames.frame(1, flags: 5, stream: stream, block + fields)
            }
        }
    }

    @Test("A good client is served while it lasts, and the flooder is told to calm down", arguments: Flood.allCases)
    func flood(_ flood: Flood) throws {
        let appliance = try appliance
        try appliance.expectService("/before-\(flood)")
        let before = try appliance.workerMemory()
        let flooder = try appliance.plainStreamClient()
        flooder.answers = false
        flooder.opensWindows = false
        var isOpen = true
        for round in 0..<40 where isOpen {
            var frames: [UInt8] = []
            for number in (round * 100)..<(round * 100 + 100) { frames += flood.part(number) }
            isOpen = try flooder.client.send(frames)
            if round % 8 == 0 { try appliance.expectService("/during-\(flood)/\(round)") }
        }
        _ = try? flooder.readToEnd()
        // ENHANCE_YOUR_CALM, unless the connection was reset with that unread.
        for goAway in flooder.goAways { #expect(goAway.code == 11) }
        try appliance.expectService("/after-\(flood)")
        #expect(try appliance.workerMemory() - before < 8 << 20)
    }

    @Test("Requests that are begun and broken off are few at the server")
    func resetsReachNobody() throws {
        let appliance = try appliance
        try origin.answer("/flood-held", [.wait("never"), .send("HTTP/1.1 200 OK\r\n\r\n")])
        let flooder = try appliance.plainStreamClient()
        var frames: [UInt8] = []
        for stream in stride(from: UInt32(1), to: 2_000, by: 2) {
            frames += Frames.request(stream, "/flood-held", scheme: "http") + Frames.reset(stream)
        }
        try flooder.client.send(frames)
        _ = try? flooder.readToEnd()
        try appliance.expectService("/after-held")
        // Each costs five of the thousand that a connection has for free.
        #expect(try origin.events("head", at: "/flood-held").count <= 201)
    }

    @Test("Windows that stay closed, heads and bodies that do not come hold their connection for the limit's time", arguments: [
        "window", "head", "settings", "body", "read",
    ])
    func slow(_ kind: String) throws {
        let appliance = try appliance
        try origin.answer(
            "/slow/\(kind)", [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n"), .fill(8_000_000)])
        var idle: [StreamClient] = []
        for _ in 0..<10 {
            let client = try appliance.plainStreamClient(receiveBuffer: 8_192)
            client.opensWindows = false
            client.answers = kind != "settings"
            // What the appliance says of itself is acknowledged when it is read.
            if client.answers { try client.wait { $0.settings[3] != nil } }
            switch kind {
            case "window": try client.send(Frames.request(1, "/slow/window", scheme: "http"))
            case "head": try client.send(Array(Frames.request(1, "/slow/head", scheme: "http").prefix(20)))
            case "body":
                try client.send(Frames.request(1, "/slow/body", method: "POST", scheme: "http", ends: false))
            case "read":
                let windows = Frames.windowUpdate(0, 1 << 30) + Frames.windowUpdate(1, 1 << 30)
                try client.send(Frames.request(1, "/slow/read", scheme: "http") + windows)
            default: break
            }
            idle.append(client)
        }
        try appliance.expectService("/during-slow/\(kind)")
        for client in idle {
            switch kind {
            case "window": #expect(try client.response(1).resetCode == 2)
            case "body": #expect(try client.response(1).status == 408)
            case "read": usleep(1_000)
            default: _ = try client.readToEnd()
            }
        }
        if kind == "read" {
            try Patience.wait(for: "the slow readers' end") {
                try appliance.records().filter { $0.path == "/slow/read" && $0.reason == "deadline.write" }.count == 10
                    ? true : nil
            }
        }
        try appliance.expectService("/after-slow/\(kind)")
    }

    @Test("Who abused HTTP/2 gets few streams for a while, and is served")
    func penalty() throws {
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(Origin.shared.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits { streams = 32  penalty = 2s }
            """, listen: "prior_knowledge = on")
        let flooder = try appliance.plainStreamClient()
        try flooder.wait { $0.settings[3] == 32 }
        var frames: [UInt8] = []
        for _ in 0..<1_100 { frames += Frames.ping() }
        try flooder.client.send(frames)
        _ = try? flooder.readToEnd()
        let next = try appliance.plainStreamClient()
        try next.wait { $0.settings[3] != nil }
        #expect(next.settings[3] == 4)
        #expect(try next.exchange(1, Frames.request(1, "/penalised", scheme: "http")).text == "hello\n")
        try Patience.wait(for: "the end of the penalty") {
            let later = try appliance.plainStreamClient()
            try later.wait { $0.settings[3] != nil }
            return later.settings[3] == 32 ? true : nil
        }
    }
}

extension Appliance {
    /// Has a good client, on a connection of its own, make a request by each version of HTTP.
    fileprivate func expectService(_ path: String) throws {
        let client = try plainStreamClient()
        let answer = try client.exchange(1, Frames.request(1, path, scheme: "http"))
        #expect(answer.status == 200 && answer.text == "hello\n")
        let other = try self.client()
        #expect(try other.exchange("GET \(path) HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 200)
    }
}
