import HTTPModel
import Testing

@Suite("Canonical paths")
struct CanonicalPathTests {
    static func canonical(_ raw: [UInt8], _ rules: TargetRules) -> Result<[UInt8], Reason> {
        var output = [UInt8](repeating: 0, count: raw.count * 3 + 1)
        do throws(Reason) {
            let count = try CanonicalPath.write(raw.span, rules: rules, to: output.mutableSpan)
            return .success(Array(output[..<count]))
        } catch {
            return .failure(error)
        }
    }

    private func canonical(_ text: String, _ rules: TargetRules = TargetRules()) -> String? {
        guard case .success(let bytes) = CanonicalPathTests.canonical(Array(text.utf8), rules) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func reason(_ text: String, _ rules: TargetRules = TargetRules()) -> Reason? {
        guard case .failure(let reason) = CanonicalPathTests.canonical(Array(text.utf8), rules) else { return nil }
        return reason
    }

    @Test(
        "are what RFC 3986 section 6.2.2 makes of a path",
        arguments: [
            ("/", "/"), ("/a/b", "/a/b"), ("/a/b/", "/a/b/"), ("//", "/"), ("//a", "/a"), ("/a//b///c", "/a/b/c"),
            ("/%61%2D%2e%5F%7e%41%39", "/a-._~A9"), ("/%3a%2c%3B", "/%3A%2C%3B"), ("/%e3%81%82", "/%E3%81%82"),
            ("/.", "/"), ("/./", "/"), ("/./a", "/a"), ("/a/.", "/a/"), ("/a/./b", "/a/b"), ("/a/..", "/"),
            ("/a/../", "/"), ("/a/../b", "/b"), ("/a/b/..", "/a/"), ("/a/b/../c", "/a/c"), ("/a/b/../../c", "/c"),
            ("/a/./b/../b/%63/%7bfoo%7d", "/a/b/c/%7Bfoo%7D"), ("/%2e/a", "/a"), ("/a/%2e%2E/b", "/b"),
            ("/a/.%2e/b", "/b"), ("/a//../b", "/b"), ("/...", "/..."), ("/a/..b", "/a/..b"), ("/a/b..", "/a/b.."),
            ("/.a", "/.a"), ("/a;v=1/b", "/a;v=1/b"), ("/%252e%252e/", "/%252e%252e/"), ("/%25", "/%25"),
            ("/a%20b", "/a%20b"), ("/a!$&'()*+,=:@b", "/a!$&'()*+,=:@b"), ("/a|b", "/a%7Cb"), ("/[a]^", "/%5Ba%5D%5E"),
        ])
    func canonicalForm(raw: String, expected: String) {
        #expect(canonical(raw) == expected)
    }

    @Test(
        "do not exist for ambiguous forms",
        arguments: [
            ("/a%2fb", Reason.pathEncodedSlash), ("/a%2Fb", .pathEncodedSlash), ("/a%5cb", .pathEncodedBackslash),
            ("/a\\b", .pathBackslash), ("/a%00b", .pathNUL), ("/a%0ab", .pathControl), ("/a%7f", .pathControl),
            ("/a%1f", .pathControl), ("/a%", .pathPercent), ("/a%4", .pathPercent), ("/a%4g", .pathPercent),
            ("/a%%41", .pathPercent), ("/%u0041", .pathPercent), ("/a%-1", .pathPercent),
            ("/..", .pathBeyondRoot), ("/../a", .pathBeyondRoot), ("/a/../../b", .pathBeyondRoot),
            ("/%2e%2e/", .pathBeyondRoot), ("/a/..;/b", .pathDotSegment), ("/a/..;x=1", .pathDotSegment),
            ("/a/.;/b", .pathDotSegment), ("/a/..%3b/b", .pathDotSegment), ("/a/%2e%2e%3B/b", .pathDotSegment),
            ("/%c0%af", .pathEncoding), ("/%c0%ae%c0%ae/", .pathEncoding), ("/%e0%80%af", .pathEncoding),
            ("/%ed%a0%80", .pathEncoding), ("/%f4%90%80%80", .pathEncoding), ("/%80", .pathEncoding),
            ("/%e3%81", .pathEncoding), ("/%e3%81/a", .pathEncoding), ("/%e3a%81%82", .pathEncoding),
            ("/%e3%41", .pathEncoding), ("/%ff", .pathEncoding),
            ("/a b", .pathCharacter), ("/a\"b", .pathCharacter), ("/a<b", .pathCharacter), ("/a>b", .pathCharacter),
            ("/a#b", .pathCharacter), ("/a{b", .pathCharacter), ("/a`b", .pathCharacter), ("/a\u{7f}b", .pathCharacter),
            ("/a\u{1}b", .pathCharacter), ("/あ", .pathCharacter), ("/a?b", .pathCharacter),
            ("", .requestTarget), ("a", .requestTarget), ("%2fa", .requestTarget),
        ])
    func ambiguous(raw: String, expected: Reason) {
        #expect(reason(raw) == expected)
    }

    @Test("follow each rule that is loosened")
    func rules() {
        var rules = TargetRules()
        rules.allowsEncodedSlash = true
        #expect(canonical("/group%2fproject/x", rules) == "/group%2Fproject/x")
        for hidden in ["/a/..%2fb", "/a/b%2f..", "/a/%2e%2e%2F", "/a/x%2f..%2fy", "/a/x%2f.", "/a/x%2f..;b"] {
            #expect(reason(hidden, rules) == .pathDotSegment, "\(hidden)")
        }
        rules = TargetRules()
        rules.allowsBackslash = true
        #expect(canonical("/a\\b", rules) == "/a%5Cb")
        #expect(reason("/a\\..\\b", rules) == .pathDotSegment)
        rules = TargetRules()
        rules.allowsEncodedBackslash = true
        #expect(canonical("/a%5cb", rules) == "/a%5Cb")
        #expect(reason("/..%5cb", rules) == .pathDotSegment)
        rules = TargetRules()
        rules.allowsEncodedControls = true
        #expect(canonical("/a%0a%7f", rules) == "/a%0A%7F")
        #expect(reason("/a%00", rules) == .pathNUL)
        rules = TargetRules()
        rules.allowsInvalidPercent = true
        #expect(canonical("/100%", rules) == "/100%25")
        #expect(canonical("/%zz%41", rules) == "/%25zzA")
        rules = TargetRules()
        rules.allowsInvalidUTF8 = true
        #expect(canonical("/%83e%83X%83g", rules) == "/%83e%83X%83g")
        rules = TargetRules()
        rules.allowsDotSegmentsBeyondRoot = true
        #expect(canonical("/../../a", rules) == "/a")
        #expect(canonical("/..", rules) == "/")
        rules = TargetRules()
        rules.mergesSlashes = false
        #expect(canonical("//a//b/", rules) == "//a//b/")
        #expect(canonical("/a//../b", rules) == "/a/b")
        rules = TargetRules()
        rules.allowsParameters = false
        #expect(reason("/a;b", rules) == .pathParameter)
        rules = TargetRules()
        rules.characters = .standard
        #expect(reason("/a|b", rules) == .pathCharacter)
        rules.characters = .visible
        #expect(canonical("/<\">", rules) == "/%3C%22%3E")
        #expect(reason("/a#b", rules) == .pathCharacter)
    }

    @Test("do not outgrow their room")
    func room() {
        var output = [UInt8](repeating: 0, count: 4)
        #expect(throws: Reason.requestTargetSize) {
            try CanonicalPath.write(Array("/abcd".utf8).span, rules: TargetRules(), to: output.mutableSpan)
        }
        #expect(throws: Reason.requestTargetSize) {
            try CanonicalPath.write(Array("/a|".utf8).span, rules: TargetRules(), to: output.mutableSpan)
        }
    }

    @Test("are canonical: making one of one changes nothing, and none holds a dot segment or an encoded letter")
    func idempotence() {
        var loose = TargetRules()
        loose.characters = .visible
        loose.allowsEncodedSlash = true
        loose.allowsEncodedBackslash = true
        loose.allowsBackslash = true
        loose.allowsEncodedControls = true
        loose.allowsInvalidPercent = true
        loose.allowsInvalidUTF8 = true
        loose.allowsDotSegmentsBeyondRoot = true
        var unmerged = loose
        unmerged.mergesSlashes = false
        let pieces = [
            "/", "/", "/", ".", "..", "a", "%2e", "%2E", "%2f", "%5c", "\\", ";", "%3b", "%", "%2", "%41", "%e3%81%82",
            "%e3", "%c0%af", "|", "//", "b", "%25", "%7f", "~",
        ]
        var random = SplitMix(state: 7)
        var accepted = 0
        for _ in 0..<60_000 {
            var raw = "/"
            for _ in 0..<random.next(9) { raw += pieces[random.next(pieces.count)] }
            for rules in [TargetRules(), loose, unmerged] {
                guard case .success(let once) = CanonicalPathTests.canonical(Array(raw.utf8), rules) else { continue }
                accepted += 1
                guard case .success(let twice) = CanonicalPathTests.canonical(once, rules) else {
                    Issue.record("\(raw): the canonical form is refused")
                    continue
                }
                if once != twice { Issue.record("\(raw): \(once) and then \(twice)") }
                let segments = once.split(separator: 0x2f, omittingEmptySubsequences: false)
                let dots = segments.contains { $0.elementsEqual([0x2e]) || $0.elementsEqual([0x2e, 0x2e]) }
                if dots || once.first != 0x2f { Issue.record("\(raw): \(String(decoding: once, as: UTF8.self))") }
            }
        }
        #expect(accepted > 10_000)
    }
}

/// A small generator, so that every run tries the same paths.
struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}
