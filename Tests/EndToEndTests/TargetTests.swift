import Policy
import Testing

@Suite("Each setting of the canonical request decides what reaches the server", .appliance)
struct TargetTests {
    /// A setting with one of its values, a target that it is about, and what the server gets of it.
    struct Example: Sendable, CustomTestStringConvertible {
        let setting: String
        let value: String
        let target: String
        let outcome: Outcome

        var testDescription: String { "\(setting) = \(value): \(target)" }

        init(_ setting: String, _ value: String, _ target: String, _ outcome: Outcome) {
            self.setting = setting
            self.value = value
            self.target = target
            self.outcome = outcome
        }
    }

    enum Outcome: Sendable, Equatable {
        case sent(String)
        case refused(String)
    }

    static let examples: [Example] = [
        Example("characters", "standard", "/a|b", .refused("path.character")),
        Example("characters", "browsers", "/a|b", .sent("/a%7Cb")),
        Example("characters", "browsers", "/a<b", .refused("path.character")),
        Example("characters", "visible", "/a<b", .sent("/a%3Cb")),
        Example("duplicate_slashes", "refuse", "/a//b", .refused("path.empty-segment")),
        Example("duplicate_slashes", "merge", "/a//b", .sent("/a/b")),
        Example("duplicate_slashes", "keep", "/a//b", .sent("/a//b")),
        Example("encoded_slash", "refuse", "/a%2fb", .refused("path.encoded-slash")),
        Example("encoded_slash", "keep", "/a%2fb", .sent("/a%2Fb")),
        Example("backslash", "refuse", "/a\\b", .refused("path.backslash")),
        Example("backslash", "keep", "/a\\b", .sent("/a%5Cb")),
        Example("encoded_backslash", "refuse", "/a%5cb", .refused("path.encoded-backslash")),
        Example("encoded_backslash", "keep", "/a%5cb", .sent("/a%5Cb")),
        Example("controls", "refuse", "/a%0ab", .refused("path.control")),
        Example("controls", "keep", "/a%0ab", .sent("/a%0Ab")),
        Example("invalid_percent", "refuse", "/100%", .refused("path.percent")),
        Example("invalid_percent", "keep", "/100%", .sent("/100%25")),
        Example("invalid_percent_in_query", "refuse", "/a?b=%zz", .refused("query.percent")),
        Example("invalid_percent_in_query", "keep", "/a?b=%zz", .sent("/a?b=%zz")),
        Example("parameters", "refuse", "/a;b", .refused("path.parameter")),
        Example("parameters", "keep", "/a;b", .sent("/a;b")),
        Example("overlong", "refuse", "/%c0%af", .refused("path.encoding")),
        Example("overlong", "keep", "/%c0%af", .sent("/%C0%AF")),
        Example("beyond_root", "refuse", "/../a", .refused("path.beyond-root")),
        Example("beyond_root", "keep", "/../a", .sent("/a")),
    ]

    private static let form = PolicyWords.all.first { $0.word == "target" }

    @Test("Every setting with every value has an example here")
    func all() throws {
        let attributes = try #require(Self.form).attributes
        let known = attributes.flatMap { attribute in
            ActionExample.values(attribute.value).map { "\(attribute.word) = \($0)" }
        }
        #expect(known.count > 20)
        #expect(Set(known) == Set(Self.examples.map { "\($0.setting) = \($0.value)" }))
    }

    /// An appliance whose settings have the first of their values, another with the last of them, and one with none.
    private static let strict = start { $0.first { $0 == "refuse" || $0 == "standard" } }
    private static let loose = start { $0.last { $0 == "keep" || $0 == "visible" } }
    private static let plain = start { _ in nil }

    private static let origin = Result { try Origin() }

    private static func start(_ choice: @escaping ([String]) -> String?) -> Result<Appliance, any Error> {
        Result {
            let settings = (form?.attributes ?? []).compactMap { attribute in
                choice(ActionExample.values(attribute.value)).map { "\(attribute.word) = \($0)" }
            }
            return try Appliance(
                """
                target { \(settings.joined(separator: "  ")) }
                pool app { server "127.0.0.1:\(try origin.get().port)" }
                site "a.example.test" { route "/*" { to = app } }
                """)
        }
    }

    @Test("What is ambiguous is refused with its reason, or reaches the server in its canonical form", arguments: examples)
    func setting(_ example: Example) throws {
        let all = ["refuse": Self.strict, "standard": Self.strict, "keep": Self.loose, "visible": Self.loose]
        let appliance = try (all[example.value] ?? Self.plain).get()
        let number = try #require(Self.examples.firstIndex { $0.testDescription == example.testDescription })
        let mark = "example \(number)"
        let response = try appliance.client(.https).exchange(
            "GET \(example.target) HTTP/1.1\r\nHost: a.example.test\r\nUser-Agent: \(mark)\r\n\r\n")
        let sent = try Self.origin.get().events().first { $0.head?.contains("User-Agent: \(mark)\r\n") == true }
        switch example.outcome {
        case .sent(let target): #expect(response.status == 200 && sent?.target == target)
        case .refused(let reason):
            #expect(response.status == 400 && sent == nil)
            #expect(try appliance.record(of: response).reason == reason)
        }
    }
}
