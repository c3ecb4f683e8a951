import Bodies
import Testing

@Suite("XML")
struct XMLTests {
    @Test(
        "all text is one value, every attribute one of its own",
        arguments: [
            ("<a>x</a>", ["x"], []),
            ("<a/>", [""], []),
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b='1' c = \"2\">x<d e='3'/>y</a>\n", ["xy"],
                ["b=1", "c=2", "e=3"]
            ),
            ("<a> <b>x</b>\n<c>y</c> </a>", [" x\ny "], []),
            ("<a>x<!-- no -->y<?p no?>z</a>", ["xyz"], []),
            ("<a><![CDATA[<b>&amp;]] >]]]></a>", ["<b>&amp;]] >]"], []),
            ("<a b='&lt;&#65;&#x42;&quot;'>&amp;&gt;&apos;</a>", ["&>'"], ["b=<AB\""]),
            ("<a b=\"x\r\ny\tz\n\">1\r\n2\r3\n</a>", ["1\n2\n3\n"], ["b=x y z "]),
            ("<p:a xmlns:p='urn:x' p:b='1'/>", [""], ["p:b=1"]),
            ("<!-- c --><?p?><a/><!----><?p x?>", [""], []),
            ("<a>]]x]>y></a>", ["]]x]>y>"], []),
            ("<a b=''></a >", [""], ["b="]),
            ("<a b='>'/>", [""], ["b=>"]),
        ])
    func values(body: String, texts: [String], attributes: [String]) {
        let reading = read(.xml, body)
        #expect(reading.report.outcome == .complete)
        #expect(reading.values.filter { $0.kind == .xmlText }.map(\.value) == texts)
        #expect(reading.pairs(.xmlAttribute) == attributes)
        #expect(reading.report.uninspected == 0)
        #expect(reading.report.flags == [])
    }

    @Test("namespace declarations are no attributes, as for XPath")
    func namespaces() {
        let reading = read(.xml, "<a xmlns='urn:x' xmlns:p='urn:y' xmlnsq='1'/>")
        #expect(reading.pairs(.xmlNamespace) == ["xmlns=urn:x", "xmlns:p=urn:y"])
        #expect(reading.pairs(.xmlAttribute) == ["xmlnsq=1"])
    }

    @Test("an attribute knows where its value came from")
    func origin() {
        let attribute = read(.xml, "<a b='x&lt;'/>").values[0]
        #expect(attribute.value == "x<" && attribute.origin == 6..<11)
    }

    @Test("text is UTF-8, in names too")
    func unicode() {
        let reading = read(.xml, "\u{feff}<?xml version='1.0'?><枡 形='門'>é&#x1F600;</枡>")
        #expect(reading.report.outcome == .complete)
        #expect(reading.values.map(\.value) == [text(utf8("門").span), text(utf8("é😀").span)])
    }

    @Test("a document type declaration is skipped and flagged")
    func doctype() {
        #expect(read(.xml, "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>x</a>").report.flags == .doctype)
        let subset = read(
            .xml, "<!DOCTYPE a [<!-- don't ]> --><!ENTITY e \"]>\"><?p ']>?><!ATTLIST a b CDATA 'c'>]><a>x</a>")
        #expect(subset.report.flags == [.doctype, .internalSubset])
        #expect(subset.values.map(\.value) == ["x"])
    }

    @Test("nothing that a document type declaration defines has an effect")
    func entities() {
        let reading = read(.xml, "<!DOCTYPE a [<!ENTITY e \"boom\">]><a>&e;</a>")
        #expect(reading.report.outcome == .malformed(.xmlEntity))
        #expect(reading.report.flags == [.doctype, .internalSubset])
    }

    @Test("an encoding other than UTF-8 is flagged, and its bytes are taken as they are")
    func encoding() {
        let latin = utf8("<?xml version='1.0' encoding='ISO-8859-1'?><a>") + [0xe9] + utf8("</a>")
        let reading = read(.xml, latin)
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.flags == .otherEncoding)
        #expect(reading.values.map(\.value) == ["\u{e9}"])
        #expect(read(.xml, "<?xml version='1.0' encoding='UTF-16'?><a/>").fault == .xmlEncoding)
        #expect(read(.xml, [0xff, 0xfe, 0x3c, 0]).fault == .xmlEncoding)
    }

    @Test(
        "what is not well-formed is a fault",
        arguments: [
            (" ", BodyFault.xmlEnded), ("<a>", .xmlEnded), ("<a", .xmlEnded), ("<a/><!--", .xmlEnded),
            ("x", .xmlOutsideRoot), ("<a/>x", .xmlOutsideRoot), ("<a/><b/>", .xmlOutsideRoot),
            ("<![CDATA[x]]><a/>", .xmlOutsideRoot), ("<a/>&lt;", .xmlOutsideRoot), ("< a/>", .xmlMarkup),
            ("<a></b>", .xmlEndTag), ("<a></ab>", .xmlEndTag), ("<ab></a>", .xmlEndTag), ("</a>", .xmlEndTag),
            ("<a></ a>", .xmlName), ("<a></a b>", .xmlMarkup), ("<a/ >", .xmlMarkup), ("<a b>", .xmlAttribute),
            ("<a b=c>", .xmlAttribute), ("<a b='1'c='2'/>", .xmlAttribute), ("<a b='<'/>", .xmlAttribute),
            ("<a 1='x'/>", .xmlAttribute), ("<a\"/>", .xmlAttribute), ("<a b='1' b='2'/>", .xmlAttributeDuplicate),
            ("<a>&x;</a>", .xmlEntity), ("<a>&nbsp;</a>", .xmlEntity), ("<a>& </a>", .xmlEntity),
            ("<a>&;</a>", .xmlEntity),
            ("<a>&#;</a>", .xmlEntity), ("<a>&#x;</a>", .xmlEntity), ("<a>&#0;</a>", .xmlEntity),
            ("<a>&#xd800;</a>", .xmlEntity), ("<a>&#x110000;</a>", .xmlEntity), ("<a>&#1a;</a>", .xmlEntity),
            ("<a>&#XA;</a>", .xmlEntity), ("<a b='&c;'/>", .xmlEntity), ("<a>]]></a>", .xmlSectionEnd),
            ("<a><!-- -- --></a>", .xmlComment), ("<a><!-x></a>", .xmlMarkup), ("<a><![CDAT[]]></a>", .xmlMarkup),
            ("<a><!DOCTYPE a></a>", .xmlDoctype), ("<!DOCTYPE a><!DOCTYPE a><a/>", .xmlDoctype),
            ("<!DOCTYPEa><a/>", .xmlMarkup), (" <?xml version='1.0'?><a/>", .xmlInstruction),
            ("<a><?XML x?></a>", .xmlInstruction), ("<? x?><a/>", .xmlInstruction),
            ("<?xml version='2.0'?><a/>", .xmlDeclaration), ("<?xml version='1.x'?><a/>", .xmlDeclaration),
            ("<?xml version='1.0' encoding='a b'?><a/>", .xmlDeclaration),
            ("<?xml encoding='UTF-8'?><a/>", .xmlDeclaration),
            ("<?xml version='1.0' x='y'?><a/>", .xmlDeclaration), ("<?xml version='1.0?><a/>", .xmlDeclaration),
            ("<a>\u{1}</a>", .xmlCharacter), ("<a b='\u{0}'/>", .xmlCharacter), ("<a>\u{fffe}</a>", .xmlCharacter),
            ("<a>\u{ffff}</a>", .xmlCharacter),
        ])
    func faults(body: String, fault: BodyFault) {
        #expect(read(.xml, body).report.outcome == .malformed(fault))
    }

    @Test("text, names and values are UTF-8", arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        for (before, after) in [("<a>", "</a>"), ("<a b='", "'/>"), ("<a", "/>"), ("<a><!--", "--></a>")] {
            #expect(read(.xml, utf8(before) + bytes + utf8(after)).fault == .xmlUTF8)
        }
    }

    @Test("what came before a fault is there")
    func before() {
        let reading = read(.xml, "<a b='1'>x<c d='2'>y<e f='3")
        #expect(reading.fault == .xmlEnded)
        #expect(reading.pairs(.xmlAttribute) == ["b=1", "d=2", "f=3"])
        #expect(reading.values.last?.value == "xy")
    }
}
