import SecLang
import Testing

@Suite("Actions")
struct ActionTests {
    @Test("what a rule is")
    func metadata() throws {
        let rule = try rule(
            """
            SecRule ARGS x "id:7,phase:1,deny,status:406,severity:CRITICAL,msg:'a %{TX.0}',logdata:'b',tag:'c',tag:d/e,\
            ver:'CRS/4',rev:2,maturity:9,accuracy:8"
            """)
        #expect(rule.id == 7)
        #expect(rule.phase == .requestHeaders)
        #expect(rule.disruption == .deny)
        #expect(rule.status == 406)
        #expect(rule.severity == .critical)
        #expect(rule.message?.parts == [.literal(bytes("a ")), .variable(.transaction, member: bytes("0"))])
        #expect(rule.message?.source == bytes("a %{TX.0}"))
        #expect(rule.logData == MacroText(bytes("b")))
        #expect(rule.tags == [MacroText(bytes("c")), MacroText(bytes("d/e"))])
        #expect(rule.version == "CRS/4")
        #expect(rule.revision == "2")
        #expect(rule.maturity == 9)
        #expect(rule.accuracy == 8)
    }

    @Test(
        "phases are numbers or words",
        arguments: [
            ("1", Phase.requestHeaders), ("2", .requestBody), ("3", .responseHeaders), ("4", .responseBody),
            ("5", .logging), ("request", .requestBody), ("response", .responseBody), ("logging", .logging),
        ])
    func phases(word: String, phase: Phase) throws {
        #expect(try rule("SecAction id:1,pass,phase:\(word)").phase == phase)
    }

    @Test("without a phase a rule runs in phase 2")
    func noPhase() throws { #expect(try rule("SecAction id:1,pass").phase == .requestBody) }

    @Test("severities are numbers or names in any case", arguments: Severity.allCases)
    func severities(severity: Severity) throws {
        for word in [severity.name, severity.name.lowercased(), String(severity.rawValue)] {
            #expect(try rule("SecAction id:1,pass,severity:\(word)").severity == severity)
        }
    }

    @Test(
        "what becomes of the exchange",
        arguments: [
            ("pass", Disruption.pass), ("deny", .deny), ("drop", .drop), ("allow", .allow(.exchange)),
            ("allow:phase", .allow(.phase)), ("allow:request", .allow(.request)),
        ])
    func disruptions(word: String, disruption: Disruption) throws {
        #expect(try rule("SecAction id:1,\(word)").disruption == disruption)
    }

    @Test("a redirect's location may have macros")
    func redirect() throws {
        guard case .redirect(let location) = try rule("SecAction id:1,redirect:/x?%{UNIQUE_ID}").disruption else {
            Issue.record("no redirect")
            return
        }
        #expect(location.variables == [.uniqueID])
    }

    @Test("nolog turns both logs off, log and auditlog turn one on")
    func logs() throws {
        func logs(_ words: String) throws -> [Bool] {
            let rule = try rule("SecAction \"id:1,pass\(words)\"")
            return [rule.isLogged, rule.isAudited]
        }
        #expect(try logs("") == [true, true])
        #expect(try logs(",nolog") == [false, false])
        #expect(try logs(",nolog,auditlog") == [false, true])
        #expect(try logs(",noauditlog") == [true, false])
        #expect(try logs(",nolog,log") == [true, false])
    }

    @Test("every transformation is known by its name, in any case", arguments: Transformation.allCases)
    func transformations(transformation: Transformation) throws {
        let name = transformation.rawValue
        #expect(
            try link("ARGS", "x", "t:\(name),t:\(name.uppercased())").transformations == [
                transformation, transformation,
            ])
    }

    @Test("none drops the transformations before it, and both spellings of normalise are known")
    func transformationLists() throws {
        #expect(
            try link("ARGS", "x", "t:trim,t:none,t:normalisePath,t:normalisePathWin").transformations
                == [.normalizePath, .normalizePathWin])
    }

    @Test("capture and multiMatch")
    func flags() throws {
        let plain = try link()
        let flagged = try link("ARGS", "x", "capture,multiMatch")
        #expect(!plain.captures && !plain.isMultiMatch)
        #expect(flagged.captures && flagged.isMultiMatch)
    }

    @Test(
        "the forms of setvar",
        arguments: [
            ("tx.a=5", CollectionName.tx, Assignment.Operation.set(MacroText(bytes("5")))),
            ("tx.a", .tx, .set(MacroText(bytes("1")))), ("tx.a=", .tx, .set(MacroText([]))),
            ("ip.a=+5", .ip, .add(MacroText(bytes("5")))), ("GLOBAL.a=-5", .global, .subtract(MacroText(bytes("5")))),
            ("!session.a", .session, .remove), ("'tx.a=b c'", .tx, .set(MacroText(bytes("b c")))),
        ])
    func assignments(text: String, collection: CollectionName, operation: Assignment.Operation) throws {
        guard case .setVariable(let assignment)? = try link("ARGS", "x", "setvar:\(text)").effects.first else {
            Issue.record("no assignment")
            return
        }
        #expect(assignment.collection == collection)
        #expect(assignment.name == MacroText(bytes("a")))
        #expect(assignment.operation == operation)
    }

    @Test("names and values of setvar may have macros")
    func macrosOfAssignments() throws {
        let effects = try link("ARGS", "x", "setvar:'tx.%{rule.id}-a=+%{tx.critical_anomaly_score}'").effects
        guard case .setVariable(let assignment)? = effects.first, case .add(let value) = assignment.operation else {
            Issue.record("no assignment")
            return
        }
        #expect(assignment.name.parts == [.variable(.rule, member: bytes("id")), .literal(bytes("-a"))])
        #expect(value.parts == [.variable(.transaction, member: bytes("critical_anomaly_score"))])
    }

    @Test("collections begin with a key, and values expire")
    func collections() throws {
        let actions = "initcol:ip=%{REMOTE_ADDR},setsid:a,setuid:b,setrsc:c,expirevar:ip.a=60"
        let effects = try link("ARGS", "x", actions).effects
        #expect(effects.count == 5)
        guard case .initializeCollection(.ip, let key) = effects[0], case .expireVariable(let expiry) = effects[4]
        else {
            Issue.record("\(effects)")
            return
        }
        #expect(key.variables == [.remoteAddress])
        #expect(expiry.collection == .ip && expiry.seconds == MacroText(bytes("60")))
        #expect(effects[1] == .initializeCollection(.session, key: MacroText(bytes("a"))))
        #expect(effects[2] == .initializeCollection(.user, key: MacroText(bytes("b"))))
        #expect(effects[3] == .initializeCollection(.resource, key: MacroText(bytes("c"))))
    }

    @Test("what is not to stand in the log, in both spellings")
    func sanitisation() throws {
        let actions =
            "sanitiseArg:a,sanitizeRequestHeader:b,sanitiseResponseHeader:c,sanitizeMatched,sanitiseMatchedBytes:1/4"
        #expect(
            try link("ARGS", "x", actions).effects == [
                .sanitise(.argument(bytes("a"))), .sanitise(.requestHeader(bytes("b"))),
                .sanitise(.responseHeader(bytes("c"))), .sanitise(.matched),
                .sanitise(.matchedBytes(keepFirst: 1, keepLast: 4)),
            ])
    }

    @Test("xmlns is accepted")
    func namespaces() throws { #expect(try link("ARGS", "x", "xmlns:soap=urn:x").effects.isEmpty) }

    @Test(
        "the options of ctl",
        arguments: [
            ("auditEngine=RelevantOnly", Control.auditEngine(.relevantOnly)),
            ("auditLogParts=+E", .auditLogParts(.add([.intermediateResponseBody]))),
            ("auditLogParts=-C", .auditLogParts(.remove([.requestBody]))),
            ("auditLogParts=AZ", .auditLogParts(.set([.header, .end]))), ("debugLogLevel=9", .debugLogLevel(9)),
            ("forceRequestBodyVariable=On", .forceRequestBodyVariable(true)),
            ("parseXmlIntoArgs=OnlyArgs", .parseXMLIntoArguments(.onlyArguments)),
            ("requestBodyAccess=Off", .requestBodyAccess(false)), ("requestBodyLimit=1024", .requestBodyLimit(1024)),
            ("requestBodyProcessor=JSON", .requestBodyProcessor(.json)),
            ("responseBodyAccess=on", .responseBodyAccess(true)), ("responseBodyLimit=9", .responseBodyLimit(9)),
            ("ruleEngine=DetectionOnly", .ruleEngine(.detectionOnly)),
            ("ruleRemoveById=1-999999", .removeRules(.ids([1...999_999]))),
            ("'ruleRemoveById=1,5 7-9'", .removeRules(.ids([1...1, 5...5, 7...9]))),
            (
                "ruleRemoveTargetById=942100;ARGS:a",
                .removeTargets(.ids([942_100...942_100]), [Target(.arguments, .name(Array("a".utf8)))])
            ),
        ])
    func controls(text: String, control: Control) throws {
        #expect(try link("ARGS", "x", "ctl:\(text)").effects == [.control(control)])
    }

    @Test(
        "rules and targets are removed by tag and by message",
        arguments: [
            "ruleRemoveByTag=attack-sqli", "ruleRemoveByMsg=SQL", "ruleRemoveTargetByTag=attack-sqli;ARGS:a",
            "ruleRemoveTargetByMsg=SQL;ARGS:a",
        ])
    func selections(text: String) throws {
        guard case .control(let control)? = try link("ARGS", "x", "ctl:\(text)").effects.first else {
            Issue.record("no control")
            return
        }
        #expect(control.word == String(text.prefix { $0 != "=" }))
    }

    @Test(
        "actions that are not supported say why",
        arguments: ["append", "deprecatevar", "exec", "pause", "prepend", "proxy", "setenv"])
    func refused(name: String) {
        let said = messages("SecAction id:1,pass,\(name):x")
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("rule 1: the action \(name) is not supported: ") == true)
    }
}
