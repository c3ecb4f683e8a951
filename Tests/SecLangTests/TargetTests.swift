import SecLang
import Testing

@Suite("Targets")
struct TargetTests {
    @Test("every variable is known by its name, and takes a selector as its form says", arguments: Variable.allCases)
    func variables(variable: Variable) throws {
        switch variable.form {
        case .single:
            #expect(try link(variable.rawValue).targets == [Target(variable)])
            #expect(!messages("SecRule \(variable.rawValue):a x id:1,pass").isEmpty)
        case .collection:
            #expect(try link(variable.rawValue).targets == [Target(variable)])
            #expect(try link("&\(variable.rawValue)", "@eq 1").targets == [Target(variable, role: .count)])
            #expect(try link("\(variable.rawValue):a").targets == [Target(variable, .name(bytes("a")))])
        case .selected:
            #expect(!messages("SecRule \(variable.rawValue) x id:1,pass").isEmpty)
        }
    }

    @Test("exclusions and counts are told apart from values")
    func roles() throws {
        let targets = try link("ARGS|!ARGS:a|&ARGS:b", "@eq 1").targets
        #expect(targets.map(\.role) == [.value, .exclusion, .count])
    }

    @Test("selectors are names, patterns without letter case, or names in single quotes")
    func selectors() throws {
        #expect(try link("ARGS:a.b").targets[0].selector == .name(bytes("a.b")))
        #expect(try link("ARGS:'a|b'").targets[0].selector == .name(bytes("a|b")))
        guard case .pattern(let pattern) = try link("REQUEST_COOKIES:'/^a|b$/'").targets[0].selector else {
            Issue.record("no pattern")
            return
        }
        #expect(pattern.text == bytes("^a|b$"))
        #expect(pattern.options == .ofSelectors)
    }

    @Test("of XPath, all text and all attributes are known")
    func xml() throws {
        #expect(try link("XML:/*|XML://@*").targets.map(\.selector) == [.xmlText, .xmlAttributes])
    }

    @Test("headers are known by mod_security 1's names")
    func oldNames() throws {
        #expect(try link("HTTP_User-Agent").targets == [Target(.requestHeaders, .name(bytes("User-Agent")))])
    }
}
