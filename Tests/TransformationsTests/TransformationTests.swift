import Bytes
import Testing
import Transformations

@Suite("Transformations by example")
struct TransformationTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let transformation: Transformation
        let input: [UInt8]
        let output: [UInt8]

        init(_ transformation: Transformation, _ input: String, _ output: String) {
            self.init(transformation, Array(input.utf8), Array(output.utf8))
        }

        init(_ transformation: Transformation, _ input: [UInt8], _ output: [UInt8]) {
            self.transformation = transformation
            self.input = input
            self.output = output
        }

        var testDescription: String { "\(transformation) \(String(decoding: input, as: UTF8.self))" }
    }

    static let examples: [Example] = [
        Example(.none, "aB%20", "aB%20"),
        Example(.lowercase, "ABCxyzÀ[@`{", "abcxyzÀ[@`{"),
        Example(.uppercase, "ABCxyz[@`{", "ABCXYZ[@`{"),
        Example(.urlDecode, "a%2Bb+c%zz%4", "a+b c%zz%4"),
        Example(.urlDecodeUni, "%u0041%U0042%u004", "AB%u004"),
        Example(.urlDecodeUni, "%uff1cscript%uff1e", "<script>"),
        Example(.urlEncode, "a b*/é", "a+b*%2f%c3%a9"),
        Example(.htmlEntityDecode, "&lt;&GT&amp;lt;&quot;&bogus;&", "<>&lt;\"&bogus;&"),
        Example(.htmlEntityDecode, "&#60;&#x3C&#x;&#;&#x", "<<&#x;&#;&#x"),
        Example(.htmlEntityDecode, Array("&nbsp;&#99999999999999999999;".utf8), [0xa0, 0xff]),
        Example(.jsDecode, #"\u003cscript\x3e\74\n\q"#, "<script><\nq"),
        Example(.jsDecode, #"\400\377"#.utf8.map { $0 }, [0x20, 0x30, 0xff]),
        Example(.jsDecode, #"\uff1c\"#, #"<\"#),
        Example(.cssDecode, #"exp\72 ession\000028\"#, "expression("),
        Example(.escapeSeqDecode, #"\x3c\X3e\101\q\"#, #"<>Aq\"#),
        Example(.utf8toUnicode, "aé漢😀", "a%u00e9%u6f22%u1f600"),
        Example(.utf8toUnicode, [0x61, 0xc3, 0x62, 0, 0x80, 0xc0, 0xbc], [0x61, 0x62, 0x80] + Array("%u003c".utf8) + [0xc0]),
        Example(.removeNulls, "a\u{0}b\u{0}", "ab"),
        Example(.replaceNulls, "a\u{0}b\u{0}", "a b "),
        Example(.removeWhitespace, [0x20, 0x61, 0x09, 0xa0, 0x62, 0x0b], [0x61, 0x62]),
        Example(.compressWhitespace, "  a \t\n b\u{b}", " a b "),
        Example(.replaceComments, "a/* x */b/**/c/* y", "a b c "),
        Example(.removeComments, "a<!-- x -->b--c", "ab"),
        Example(.removeComments, "a/* x */b#c", "ab"),
        Example(.removeCommentsChar, "a/*b*/c<!--d-->e--f#g", "abcdefg"),
        Example(.normalizePath, "/a/../../b//c/./d/", "/b/c/d/"),
        Example(.normalizePath, "a/b/../../../c", "../c"),
        Example(.normalizePath, "/../../etc/passwd", "/etc/passwd"),
        Example(.normalizePathWin, #"c:\windows\..\boot.ini"#, "c:/boot.ini"),
        Example(.cmdLine, #"C^m"D  ,;/c DIR (x)"#, "cmd/c dir(x)"),
        Example(.base64Decode, "PHNjcmlwdD4=junk", "<script>"),
        Example(.base64Decode, "PHNj*cmlwdD4=", "<sc"),
        Example(.base64DecodeExt, "PH Nj*cmlw-dD4=", "<script>"),
        Example(.base64DecodeExt, "P=x", ""),
        Example(.base64Encode, "<script>", "PHNjcmlwdD4="),
        Example(.hexDecode, "3c7363726970743E4", "<script>"),
        Example(.hexEncode, [0x3c, 0xff], Array("3cff".utf8)),
        Example(.sqlHexDecode, "a 0x3C73 0X3e 0xg 0x4", "a <s > 0xg 0x4"),
        Example(.length, "", "0"),
        Example(.length, "hello", "5"),
        Example(.trim, " \t a b \n", "a b"),
        Example(.trimLeft, "  a ", "a "),
        Example(.trimRight, "  a ", "  a"),
        Example(.trim, "   ", ""),
        Example(.parityZero7bit, [0xc1, 0x41], [0x41, 0x41]),
        Example(.parityEven7bit, [0x41, 0x43], [0x41, 0xc3]),
        Example(.parityOdd7bit, [0x41, 0x43], [0xc1, 0x43]),
        Example(.phpArgsNames, " a.b c[x y][z", "a_b_c[x y]"),
    ]

    @Test("give what is written beside them", arguments: examples)
    func example(_ example: Example) {
        #expect(transformed(example.input, by: example.transformation).output == example.output)
    }

    @Test("a back-reference is a segment that ends in two points, as in mod_security2")
    func backReferences() {
        #expect(transformed("/a/foo../b", by: .normalizePath) == "/a/b")
        #expect(transformed("a../b", by: .normalizePath) == "a../b")
        #expect(transformed("/a/foo./b", by: .normalizePath) == "/a/foo./b")
    }

    /// RFC 1321 appendix A.5 and RFC 3174 section 7.3, and lengths around a block's end.
    @Test("digests are those of the standards")
    func digests() {
        func hexadecimal(_ text: String, _ transformation: Transformation) -> String {
            let digest = transformed(Array(text.utf8), by: transformation).output
            return String(decoding: transformed(digest, by: .hexEncode).output, as: UTF8.self)
        }
        #expect(hexadecimal("", .md5) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(hexadecimal("message digest", .md5) == "f96b697d7cb7938d525a2f31aaf161d0")
        #expect(
            hexadecimal(String(repeating: "1234567890", count: 8), .md5) == "57edf4a22be3c955ac49da2e2107b67a")
        #expect(hexadecimal("", .sha1) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        #expect(hexadecimal("abc", .sha1) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hexadecimal("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", .sha1)
                == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
        #expect(
            hexadecimal(String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10), .sha1)
                == "dea356a2cddd90c7a7ecedc5ebb563934f460452")
    }
}
