import Bodies
import Testing

@Suite("multipart/form-data")
struct MultipartTests {
    private static let type = "multipart/form-data; boundary=b"
    private static let field = "Content-Disposition: form-data; name=\"a\""

    /// A body whose lines end in CRLF.
    private func read(
        _ lines: [String], type: String = MultipartTests.type, limits: BodyLimits = BodyLimits()
    ) -> Reading {
        BodiesTests.read(.multipart, lines.joined(separator: "\r\n"), contentType: type, limits: limits)
    }

    /// A body of one part with these header lines and this value.
    private func part(_ headers: [String], value: String = "v") -> Reading {
        read(["--b"] + headers + ["", value, "--b--", ""])
    }

    @Test("fields and files are taken, and nothing is unusual about them")
    func ordinary() {
        let reading = read([
            "--b", Self.field, "", "one", "", "two", "--b",
            "Content-Disposition: form-data; name=f; filename=\"x.txt\"",
            "Content-Type: text/plain", "", "0123456789", "--b--", "",
        ])
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.flags == .crlfLine)
        #expect(!reading.report.isStrictError)
        #expect(reading.pairs(.bodyArgument) == ["a=one\r\n\r\ntwo"])
        #expect(reading.pairs(.fileName) == ["f=x.txt"])
        #expect(reading.pairs(.fileField) == ["f=f"])
        #expect(reading.pairs(.fileSize) == ["f=10"])
        #expect(
            reading.pairs(.partHeader) == [
                "a=\(Self.field)", "f=Content-Disposition: form-data; name=f; filename=\"x.txt\"",
                "f=Content-Type: text/plain",
            ])
        #expect(reading.report.files == 1 && reading.report.fileBytes == 10)
        #expect(reading.report.uninspected == 0)
    }

    @Test("values and header lines know where they came from")
    func origins() {
        let body = ["--b", Self.field, "", "one", "--b--", ""].joined(separator: "\r\n")
        let reading = BodiesTests.read(.multipart, body, contentType: Self.type)
        let bytes = utf8(body)
        for value in reading.values {
            #expect(String(decoding: bytes[value.origin], as: UTF8.self).hasPrefix(value.value))
        }
        #expect(reading.values.count == 2)
    }

    @Test("the beginning of a file is kept as far as the limit says")
    func fileContent() {
        let reading = read(
            ["--b", "Content-Disposition: form-data; name=f; filename=x", "", "01234\r\n6789", "--b--", ""],
            limits: limits { $0.fileContent = 7 })
        #expect(reading.pairs(.fileContent) == ["f=01234\r\n"])
        #expect(reading.pairs(.fileSize) == ["f=11"])
    }

    @Test(
        "the boundary parameter's oddities are flagged",
        arguments: [
            ("multipart/form-data; boundary=\"b\"", BodyFlags.boundaryQuoted),
            ("multipart/form-data; boundary =b", .boundaryWhitespace),
            ("multipart/form-data boundary=b", .missingSemicolon),
            ("Multipart/Form-Data;boundary=b", []),
        ] as [(String, BodyFlags)])
    func parameterFlags(type: String, flag: BodyFlags) {
        let reading = read(["--b", Self.field, "", "v", "--b--", ""], type: type)
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.flags == flag.union(.crlfLine))
        #expect(reading.report.isStrictError == (flag != []))
        #expect(reading.pairs(.bodyArgument) == ["a=v"])
    }

    @Test("a blank behind the equals sign belongs to the boundary")
    func blankBoundary() {
        let reading = read(["-- b", Self.field, "", "v", "-- b--", ""], type: "multipart/form-data; boundary= b")
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.flags == [.crlfLine, .boundaryWhitespace])
    }

    @Test(
        "a boundary parameter that receivers could read differently is refused",
        arguments: [
            ("", BodyFault.contentTypeMissing),
            ("multipart/mixed; boundary=b", .mediaType),
            ("multipart/form-data", .boundaryMissing),
            ("multipart/form-data; BOUNDARY=b", .boundaryLetterCase),
            ("multipart/form-data; boundary=a; boundary=b", .boundaryRepeated),
            ("multipart/form-data; boundary=a; Boundary=b", .boundaryRepeated),
            ("multipart/form-data; charset=utf-8; boundary=b", .boundaryMalformed),
            ("multipart/form-data;; boundary=b", .boundaryMalformed),
            ("multipart/form-data; boundary", .boundaryMalformed),
            ("multipart/form-data; boundaryx=b", .boundaryMalformed),
            ("multipart/form-data; boundary=\"b", .boundaryQuotes),
            ("multipart/form-data; boundary=b\"", .boundaryQuotes),
            ("multipart/form-data; boundary=b; charset=utf-8", .boundaryCharacters),
            ("multipart/form-data; boundary=b ", .boundaryCharacters),
            ("multipart/form-data; boundary=b\u{7f}", .boundaryCharacters),
            ("multipart/form-data; boundary=", .boundaryEmpty),
            ("multipart/form-data; boundary=\"\"", .boundaryEmpty),
        ])
    func parameterFaults(type: String, fault: BodyFault) {
        let reading = read(["--b", Self.field, "", "v", "--b--", ""], type: type)
        #expect(reading.report.outcome == .malformed(fault))
        #expect(reading.report.isError && reading.report.isStrictError)
        #expect(reading.report.inspected == 0)
        #expect(reading.report.uninspected == reading.report.received)
    }

    @Test("lines before the first and bytes behind the last boundary are flagged")
    func around() {
        #expect(read(["before", "--b", Self.field, "", "v", "--b--", ""]).report.flags == [.crlfLine, .dataBefore])
        let after = read(["--b", Self.field, "", "v", "--b--", "after"])
        #expect(after.report.flags == [.crlfLine, .dataAfter])
        #expect(after.report.uninspected == 5)
        #expect(after.report.outcome == .complete)
        #expect(read(["--b", Self.field, "", "v", "--b--"]).report.outcome == .complete)
    }

    @Test("lines that end in LF are flagged, the one before a boundary too")
    func lineFeeds() {
        let all = BodiesTests.read(.multipart, "--b\n\(Self.field)\n\nv\n--b--\n", contentType: Self.type)
        #expect(all.report.flags == .lfLine)
        #expect(all.pairs(.bodyArgument) == ["a=v"])
        let header = BodiesTests.read(.multipart, "--b\r\n\(Self.field)\n\r\nv\r\n--b--\r\n", contentType: Self.type)
        #expect(header.report.hasMixedLines)
        let before = BodiesTests.read(.multipart, "--b\r\n\(Self.field)\r\n\r\nv\n--b--\r\n", contentType: Self.type)
        #expect(before.report.hasMixedLines)
        #expect(before.pairs(.bodyArgument) == ["a=v"])
        let inside = BodiesTests.read(
            .multipart, "--b\r\n\(Self.field)\r\n\r\nv\nw\r\n--b--\r\n", contentType: Self.type)
        #expect(inside.report.flags == .crlfLine)
        #expect(inside.pairs(.bodyArgument) == ["a=v\nw"])
    }

    @Test("a folded header is joined and flagged; white space other than blanks is flagged once more")
    func folding() {
        let folded = part(["Content-Disposition: form-data;", "\tname=\"a\""])
        #expect(folded.report.flags == [.crlfLine, .headerFolding])
        #expect(folded.pairs(.bodyArgument) == ["a=v"])
        #expect(folded.pairs(.partHeader) == ["a=Content-Disposition: form-data; name=\"a\""])
        let odd = part(["Content-Disposition: form-data;", "\u{0b}name=\"a\""])
        #expect(odd.report.flags == [.crlfLine, .headerFolding, .invalidHeaderFolding])
        #expect(part([" x: y", Self.field]).fault == .partHeaderFolding)
    }

    @Test(
        "header lines that are none are faults",
        arguments: [
            (["nothing", field], BodyFault.partHeaderColon), ([": x", field], .partHeaderName),
            ([field, "content-disposition: form-data; name=b"], .partHeaderDuplicate),
            (["X: \u{0}", field], .partHeaderNUL), (["X: y"], .dispositionMissing),
        ])
    func headerFaults(headers: [String], fault: BodyFault) {
        #expect(part(headers).report.outcome == .malformed(fault))
    }

    @Test(
        "Content-Disposition is read as mod_security2 reads it",
        arguments: [
            ("form-data; name=\"a b\"", "a b", nil), ("form-data ; name = a", "a", nil),
            ("form-data; name=\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d", nil), ("form-data; name=\"\"", "", nil),
            ("form-data; name=\"a;b\"; filename=\"c:\\d\\e\"", "a;b", "c:\\d\\e"),
            ("form-data; filename=x; name=a", "a", "x"), ("form-data; name=\"it's\"", "it's", nil),
        ] as [(String, String, String?)])
    func dispositions(value: String, name: String, file: String?) {
        let reading = part(["Content-Disposition: " + value])
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.flags == .crlfLine)
        if let file {
            #expect(reading.pairs(.fileName) == ["\(name)=\(file)"])
        } else {
            #expect(reading.pairs(.bodyArgument) == ["\(name)=v"])
        }
    }

    @Test(
        "a malformed Content-Disposition is a fault",
        arguments: [
            ("attachment; name=a", BodyFault.dispositionType), ("Form-Data; name=a", .dispositionType),
            ("form-data", .dispositionName), ("form-data; filename=x", .dispositionName),
            ("form-datax; name=a", .dispositionSyntax), ("form-data; name=a;", .dispositionSyntax),
            ("form-data; name", .dispositionSyntax), ("form-data; name=", .dispositionSyntax),
            ("form-data; name=\"a", .dispositionSyntax), ("form-data; name=\"a\\", .dispositionSyntax),
            ("form-data; name=a b", .dispositionSyntax), ("form-data; name=a; x=y", .dispositionParameter),
            ("form-data; Name=a", .dispositionParameter), ("form-data; name=a; name=b", .dispositionDuplicate),
            ("form-data; name=a; filename=b; filename=c", .dispositionDuplicate),
            ("form-data; name=a; filename =b", .dispositionFileName),
        ])
    func dispositionFaults(value: String, fault: BodyFault) {
        #expect(part(["Content-Disposition: " + value]).report.outcome == .malformed(fault))
    }

    @Test(
        "single quotes around or outside of quotes are flagged",
        arguments: ["form-data; name='a'", "form-data; name=a'b", "form-data; name=a; filename='x'"])
    func quoting(value: String) {
        let reading = part(["Content-Disposition: " + value])
        #expect(reading.report.flags == [.crlfLine, .invalidQuoting])
        #expect(reading.report.outcome == .complete)
    }

    @Test("text behind a quoted value is a fault and bad quoting")
    func behindQuote() {
        let reading = part(["Content-Disposition: form-data; name=\"a\"b\""])
        #expect(reading.report.outcome == .malformed(.dispositionSyntax))
        #expect(reading.report.flags.contains(.invalidQuoting))
    }

    @Test("filename* is a fault, and its value is there to be looked at")
    func extendedFileName() {
        let reading = part(["Content-Disposition: form-data; name=a; filename*=UTF-8''%2e%2e%2fx.php"])
        #expect(reading.report.fault == .dispositionExtendedName)
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.isError && reading.report.isStrictError)
        #expect(reading.pairs(.fileName) == ["a=../x.php"])
        #expect(reading.pairs(.fileSize) == ["a=1"])
    }

    @Test("a boundary where a part's data should begin is an invalid part")
    func invalidPart() {
        let early = read(["--b", Self.field, "", "--b--", ""])
        #expect(early.report.flags == [.crlfLine, .invalidPart])
        #expect(early.pairs(.bodyArgument) == ["a="])
        #expect(read(["--b", Self.field, "", "", "--b--", ""]).report.flags == .crlfLine)
        #expect(read(["--b", Self.field, "--b", Self.field, "", "v", "--b--", ""]).report.flags.contains(.invalidPart))
    }

    @Test(
        "lines that look like a boundary are flagged",
        arguments: ["--x", "----", "text --b text", "--", "-----BEGIN CERTIFICATE-----", "x--b"])
    func unmatched(line: String) {
        let reading = part([Self.field], value: line)
        #expect(reading.report.flags == [.crlfLine, .unmatchedBoundary])
        #expect(!reading.report.isStrictError)
        #expect(reading.pairs(.bodyArgument) == ["a=\(line)"])
    }

    @Test("lines with few hyphens are ordinary", arguments: ["-", "-b", "- -b", "a-b", "a--"])
    func hyphens(line: String) {
        let reading = part([Self.field], value: line)
        #expect(reading.report.flags == .crlfLine)
        #expect(reading.pairs(.bodyArgument) == ["a=\(line)"])
    }

    @Test("a boundary of hyphens is found inside lines of hyphens")
    func hyphenBoundary() {
        let type = "multipart/form-data; boundary=--x"
        let reading = read(["----x", Self.field, "", "-----x", "a ----- ----x", "----x--", ""], type: type)
        #expect(reading.report.flags == [.crlfLine, .unmatchedBoundary])
        #expect(reading.pairs(.bodyArgument) == ["a=-----x\r\na ----- ----x"])
    }

    @Test(
        "boundaries that some receivers take and others not are faults",
        arguments: [
            ("--bx", BodyFault.boundaryLine), ("--b-", .boundaryLine), ("--b ", .boundaryLine),
            ("--b--x", .boundaryLine), ("-- b", .boundaryLineWhitespace), ("--\tb", .boundaryLineWhitespace),
        ])
    func boundaryFaults(line: String, fault: BodyFault) {
        #expect(part([Self.field], value: line).report.outcome == .malformed(fault))
    }

    @Test("a quote before a boundary is a fault when the parameter was quoted")
    func quotedLine() {
        let lines = ["--b", Self.field, "", "--\"b\"", "--b--", ""]
        #expect(read(lines, type: "multipart/form-data; boundary=\"b\"").fault == .boundaryLineQuotes)
        #expect(read(lines).report.flags == [.crlfLine, .unmatchedBoundary])
    }

    @Test("a body without its last boundary is a fault; what was complete is there")
    func incomplete() {
        #expect(read(["nothing", ""]).fault == .noBoundary)
        #expect(read([""]).report.outcome == .complete)
        let cut = read(["--b", Self.field, "", "v", "--b", Self.field, "", "w"])
        #expect(cut.fault == .finalBoundaryMissing)
        #expect(cut.pairs(.bodyArgument) == ["a=v", "a=w"])
    }

    @Test("more files than the limit are flagged, not refused")
    func fileLimit() {
        let file = ["Content-Disposition: form-data; name=f; filename=x", "", "v", "--b"]
        let reading = read(["--b"] + file + file.dropLast() + ["--b--", ""], limits: limits { $0.files = 1 })
        #expect(reading.report.flags == [.crlfLine, .fileLimitExceeded])
        #expect(reading.report.isStrictError && !reading.report.isError)
        #expect(reading.pairs(.fileSize) == ["f=1", "f=1"])
    }
}
