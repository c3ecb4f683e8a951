import Plan
import Testing

@Suite("Tables of the plan")
struct TableTests {
    @Test("every limit has a word of its own, a meaning, and a standard value within its range")
    func settings() {
        func check<Name: SettingName>(_ type: Name.Type) {
            let settings = Name.allCases.map(\.setting)
            #expect(Set(settings.map(\.word)).count == settings.count)
            #expect(Name.allCases.enumerated().allSatisfy { $0.offset == Int($0.element.rawValue) })
            for setting in settings {
                #expect(setting.range.contains(setting.standard), "\(setting.word)")
                #expect(!setting.meaning.isEmpty)
            }
        }
        check(LimitName.self)
        check(PoolLimitName.self)
    }

    @Test("limits start with their standard values and keep what is set")
    func values() {
        var limits = Limits()
        #expect(limits[.head] == 10_000 && limits[.body] == 64 << 20 && limits[.logBacklog] == 4 << 20)
        limits[.head] = 1_000
        #expect(limits[.head] == 1_000 && limits != Limits())
    }

    @Test("every method has one bit, and its name finds the bit again")
    func methods() {
        for bit in 0..<MethodSet.count {
            let name = "\(MethodSet.name(of: bit))"
            #expect(number(of: name) == bit)
            #expect(MethodSet(bit: bit).description == name)
        }
        for other in ["", "get", "GETS", "GE", "BREW"] { #expect(number(of: other) == nil) }
        let some = MethodSet([MethodSet(bit: 0), MethodSet(bit: 2)])
        #expect(some.contains(bit: 0) && !some.contains(bit: 1) && !some.contains(bit: 200))
        #expect(some.description == "GET, POST")
        #expect(MethodSet.all.contains(bit: 38) && MethodSet.all.rawValue.nonzeroBitCount == 39)
    }

    private func number(of name: String) -> UInt8? {
        let bytes = Array(name.utf8)
        return MethodSet.bit(of: bytes.span)
    }

    @Test(
        "a path is canonical when a request's path could be it",
        arguments: [
            ("/", true), ("/a", true), ("/a/", true), ("/a/b.c", true), ("/%20", true), ("/%E3%81%82", true),
            ("/a,b;c=d", true), ("", false), ("a", false), ("//", false), ("/a//b", false), ("/.", false),
            ("/..", false), ("/a/./b", false), ("/a/../b", false), ("/...", true), ("/%", false), ("/%2", false),
            ("/%41", false), ("/%e3", false), ("/a b", false), ("/a?b", false), ("/a#b", false), ("/\u{e9}", false),
            ("/%00", false), ("/.well-known/x", true),
        ])
    func paths(path: String, isCanonical: Bool) {
        #expect(PlanText.isCanonicalPath(Array(path.utf8)) == isCanonical)
    }

    @Test(
        "a host is exact only in the form that requests are compared in",
        arguments: [
            ("a", true), ("a.example", true), ("xn--wgv71a.example", true), ("a_b.example", true),
            ("192.0.2.1", true), ("[2001:db8::1]", true), ("", false), ("A.example", false), ("a..b", false),
            ("a.", false), (".a", false), ("-a", false), ("a-", false), ("192.0.2.01", false), ("1.2", false),
            ("2001:db8::1", false), ("[2001:0db8::1]", false), ("[192.0.2.1]", false), ("a:80", false), ("*", false),
            ("a.0x1f", false), ("0xa", false), ("a.0xg", true),
            ("\u{e9}.example", false),
        ])
    func hosts(host: String, isExact: Bool) {
        #expect(PlanText.isExactHost(host) == isExact)
    }
}
