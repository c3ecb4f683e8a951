import Bodies
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Where the rule set's tests are.
private let ruleSetFolder: String? = {
    guard let value = unsafe getenv("MASUGATA_SHARED") else { return nil }
    return unsafe String(cString: value) + "/crs-v4.28.0/tests/"
}()

/// The multipart bodies of the Core Rule Set's regression tests, where `MASUGATA_SHARED` says they are.
@Suite("Bodies of the Core Rule Set's tests", .enabled(if: ruleSetFolder != nil, "MASUGATA_SHARED is not set"))
struct RuleSetTests {
    /// One test of a file: its number, the `Content-Type` it sends, and its body.
    struct Case {
        var number = ""
        var type = ""
        var lines: [String] = []
        /// Whether the test expects its rule to match.
        var expectsMatch = false

        /// As it is sent: lines of multipart bodies end in CRLF.
        var body: [UInt8] { utf8(lines.joined(separator: "\r\n") + "\r\n") }
    }

    private func lines(of path: String) -> [String] {
        guard let folder = ruleSetFolder, let file = unsafe fopen(folder + path, "r") else { return [] }
        var bytes: [UInt8] = []
        var byte = unsafe getc(file)
        while byte != EOF {
            bytes.append(UInt8(truncatingIfNeeded: byte))
            byte = unsafe getc(file)
        }
        unsafe fclose(file)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// The tests of a file whose body stands as a block of literal lines.
    private func cases(_ path: String) -> [Case] {
        var cases: [Case] = []
        var indent: Int?
        for line in lines(of: path) {
            let trimmed = line.drop { $0 == " " }
            let depth = line.count - trimmed.count
            if let inside = indent {
                if trimmed.isEmpty || depth >= inside || inside == 0 {
                    if inside == 0 && trimmed.isEmpty { continue }
                    if inside == 0 { indent = depth }
                    cases[cases.count - 1].lines.append(String(line.dropFirst(indent ?? 0)))
                    continue
                }
                indent = nil
            }
            if trimmed.hasPrefix("- test_id: ") { cases.append(Case(number: String(trimmed.dropFirst(11)))) }
            if cases.isEmpty { continue }
            if trimmed.lowercased().hasPrefix("content-type: ") && cases[cases.count - 1].type.isEmpty {
                cases[cases.count - 1].type = trimmed.dropFirst(14).filter { $0 != "\"" || trimmed.contains("\\\"") }
            }
            if trimmed.hasPrefix("expect_ids:") { cases[cases.count - 1].expectsMatch = true }
            if trimmed.hasPrefix("data: |") { indent = 0 }
        }
        return cases.filter { $0.type.hasPrefix("multipart/form-data") && !$0.lines.isEmpty }
    }

    private func read(_ test: Case) -> Reading {
        BodiesTests.read(.multipart, test.body, contentType: test.type)
    }

    @Test("922120: the part headers are there, the body is in order")
    func partHeaders() {
        let found = cases("REQUEST-922-MULTIPART-ATTACK/922120.yaml")
        #expect(!found.isEmpty)
        for test in found {
            let reading = read(test)
            #expect(reading.report.outcome == .complete, "922120-\(test.number)")
            let expected = test.lines.filter { $0.lowercased().hasPrefix("content-transfer-encoding:") }
            let headers = reading.values.filter { $0.kind == .partHeader }.map(\.value)
            for line in expected { #expect(headers.contains(line), "922120-\(test.number)") }
        }
    }

    @Test(
        "files have the names that the rules are to look at",
        arguments: ["920120", "920121"])
    func fileNames(rule: String) {
        let found = cases("REQUEST-920-PROTOCOL-ENFORCEMENT/\(rule).yaml")
        #expect(!found.isEmpty)
        for test in found {
            let reading = read(test)
            let files = test.lines.filter { $0.contains("filename=") && !$0.hasPrefix("--") }
            if !reading.report.isError { #expect(reading.report.files == files.count, "\(rule)-\(test.number)") }
            if test.expectsMatch {
                // The rules match on names that have one of these.
                let names = reading.values.filter { $0.kind == .fileName || $0.kind == .fileField }
                #expect(names.contains { $0.value.contains { "\"';=\\".contains($0) } }, "\(rule)-\(test.number)")
            }
            for value in reading.values where value.kind == .fileName {
                #expect(files.contains { $0.contains(value.value) || $0.contains("\\") }, "\(rule)-\(test.number)")
            }
        }
    }

    @Test("every multipart body of the rule set's tests reads the same in one part and byte by byte")
    func splits() {
        for path in [
            "REQUEST-920-PROTOCOL-ENFORCEMENT/920120.yaml", "REQUEST-920-PROTOCOL-ENFORCEMENT/920121.yaml",
            "REQUEST-920-PROTOCOL-ENFORCEMENT/920400.yaml", "REQUEST-920-PROTOCOL-ENFORCEMENT/920410.yaml",
            "REQUEST-920-PROTOCOL-ENFORCEMENT/920470.yaml", "REQUEST-921-PROTOCOL-ATTACK/921421.yaml",
            "REQUEST-922-MULTIPART-ATTACK/922120.yaml", "REQUEST-944-APPLICATION-ATTACK-JAVA/944140.yaml",
            "REQUEST-944-APPLICATION-ATTACK-JAVA/944210.yaml", "REQUEST-933-APPLICATION-ATTACK-PHP/933110.yaml",
        ] {
            for test in cases(path) {
                let bytewise = BodiesTests.read(
                    .multipart, test.body, contentType: test.type, cuts: Array(0..<test.body.count))
                #expect(bytewise == read(test), "\(path) \(test.number)")
            }
        }
    }
}
