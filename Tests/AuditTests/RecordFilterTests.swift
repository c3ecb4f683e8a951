import Testing

@testable import Audit

@Suite("RecordFilter: which records somebody looks for")
struct RecordFilterTests {
    static let line = #"{"seq":7,"time":"2026-11-23T18:00:00.000000Z","id":"00000000000000ff","site":"wiki.example.org","#
        + #""route":"/*","client":"203.0.113.9","method":"GET","host":"www.example.org","path":"/static/a.js","status":404,"#
        + #""bytes_in":1,"bytes_out":2,"upstream":"","us":3,"action":"deny","reason":"route.method","rules":[942100],"#
        + #""version":"1.1","tls":"","user_agent":"","referer":"","rule_names":["old-client","seen"]}"#

    private func matches(_ change: (inout RecordFilter) -> Void, _ line: String = line) throws -> Bool {
        var filter = RecordFilter()
        change(&filter)
        let bytes = Array(line.utf8)
        return filter.matches(try RecordLine(bytes.span))
    }

    @Test("without parts it lets every record through")
    func empty() throws { #expect(try matches { _ in }) }

    @Test("times: from is in, until is out")
    func times() throws {
        let time = Timestamp("2026-11-23T18:00:00Z")
        #expect(try matches { $0.from = time })
        #expect(try !matches { $0.until = time })
        #expect(try !matches { $0.from = Timestamp("2026-11-23T18:00:00.000001Z") })
        #expect(try matches { $0.until = Timestamp("2026-11-23T18:00:00.000001Z") })
    }

    @Test("each part holds or not by itself")
    func parts() throws {
        #expect(try matches { $0.clients = [block("10.0.0.0/8"), block("203.0.113.0/24")].compactMap { $0 } })
        #expect(try !matches { $0.clients = [block("10.0.0.0/8")].compactMap { $0 } })
        #expect(try matches { $0.statuses = [StatusPattern("4xx")].compactMap { $0 } })
        #expect(try !matches { $0.statuses = [StatusPattern("500-599")].compactMap { $0 } })
        #expect(try matches { $0.sites = [TextPattern("wiki.*")] })
        #expect(try matches { $0.sites = [TextPattern("www.example.org")] })
        #expect(try !matches { $0.sites = [TextPattern("example.org")] })
        #expect(try matches { $0.paths = [TextPattern("/static/", isPrefix: true)] })
        #expect(try matches { $0.paths = [TextPattern("/*.js", isPrefix: true)] })
        #expect(try !matches { $0.paths = [TextPattern("/*.css", isPrefix: true)] })
        #expect(try matches { $0.methods = ["POST", "GET"] })
        #expect(try !matches { $0.methods = ["POST"] })
        #expect(try matches { $0.reasons = [TextPattern("route.*")] })
        #expect(try !matches { $0.reasons = [TextPattern("route")] })
        #expect(try matches { $0.rules = [TextPattern("none"), TextPattern("old-*")] })
        #expect(try matches { $0.rules = [TextPattern("942*")] })
        #expect(try !matches { $0.rules = [TextPattern("old")] })
        #expect(try matches { $0.actions = ["deny"] })
        #expect(try !matches { $0.actions = ["allow"] })
        #expect(try matches { $0.identifiers = ["00000000000000ff"] })
        #expect(try !matches { $0.identifiers = ["00000000000000fe"] })
        #expect(try !matches { $0.events = [TextPattern("*")] })
        let event = #"{"seq":1,"time":"2026-11-23T18:00:00Z","event":"process.ended"}"#
        #expect(try matches({ $0.events = [TextPattern("process.*")] }, event))
        #expect(try !matches({ $0.methods = ["GET"] }, event))
    }

    @Test("all parts that are given must hold")
    func together() throws {
        #expect(try matches { ($0.methods, $0.actions) = (["GET"], ["deny"]) })
        #expect(try !matches { ($0.methods, $0.actions) = (["GET"], ["allow"]) })
    }

    @Test("patterns agree with a plain recursive matcher on 20,000 random texts")
    func patterns() {
        func plain(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
            guard let first = pattern.first else { return text.isEmpty }
            if first == UInt8(ascii: "*") {
                return (text.startIndex...text.endIndex).contains { plain(pattern.dropFirst(), text[$0...]) }
            }
            return first == text.first && plain(pattern.dropFirst(), text.dropFirst())
        }
        for _ in 0..<20_000 {
            let pattern = (0..<Int.random(in: 0...7)).map { _ in "ab**".randomElement() ?? "a" }
            let text = (0..<Int.random(in: 0...8)).map { _ in "ab".randomElement() ?? "a" }
            let expected = plain(Array(String(pattern).utf8)[...], Array(String(text).utf8)[...])
            #expect(TextPattern(String(pattern)).matches(Array(String(text).utf8)) == expected)
        }
    }

    @Test("statuses that are none are not read", arguments: ["", "4", "4x", "9xx", "404-", "-404", "500-400", "1-2-3", "40a"])
    func noStatus(text: String) { #expect(StatusPattern(text) == nil) }
}
