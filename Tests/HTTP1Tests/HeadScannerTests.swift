import HTTP1
import HTTPModel
import Testing

@Suite("The head scanner")
struct HeadScannerTests {
    /// What the scanner says when the bytes come in two parts cut at `cut`, and whether it waited in between.
    private func scan(
        _ text: String, cut: Int, side: MessageSide = .request, limits: HeadLimits = HeadLimits()
    ) -> HeadScanner.Event {
        let bytes = latin(text)
        var scanner = HeadScanner(side: side)
        let first = scanner.scan(Array(bytes[..<cut]).span, limits: limits)
        return first == .needMore ? scanner.scan(bytes.span, limits: limits) : first
    }

    @Test("finds the end wherever the bytes are cut, and not in what follows")
    func everyCut() {
        let head = "GET /a HTTP/1.1\r\nHost: example.com\r\nX: \r\n\r\n"
        let count = head.utf8.count
        for cut in 0...(count + 10) {
            #expect(scan(head + "GET /next\r\n\r\n", cut: min(cut, count + 10)) == .complete(start: 0, end: count))
        }
        for cut in 0...(count + 2) {
            #expect(scan("\r\n" + head, cut: cut) == .complete(start: 2, end: count + 2), "cut at \(cut)")
        }
    }

    @Test("finds the end when the bytes come one by one")
    func oneByOne() {
        let bytes = latin("\r\nPOST /a HTTP/1.1\r\nHost: example.com\r\n\r\n")
        var scanner = HeadScanner(side: .request)
        for count in 0..<bytes.count {
            #expect(scanner.scan(Array(bytes[..<count]).span, limits: HeadLimits()) == .needMore)
        }
        #expect(scanner.scan(bytes.span, limits: HeadLimits()) == .complete(start: 2, end: bytes.count))
    }

    @Test(
        "says early what cannot become a request",
        arguments: [
            ("\u{16}\u{3}\u{1}\u{2}", Reason.requestNotHTTP), (" ", .requestNotHTTP), ("\u{0}", .requestNotHTTP),
            ("{\"a\"", .requestNotHTTP), ("GET\t", .requestMethod), ("GET\u{e9}", .requestMethod),
            ("GET\r", .requestLine),
            ("\n", .requestLineBareLF), ("\rG", .requestLineBareCR), ("\r\n\r\n", .requestLine),
            ("\r\n\n", .requestLineBareLF),
            ("GET / HTTP/1.1\n", .requestLineBareLF), ("GET / HTTP/1.1\r\nA: b\n", .requestFieldBareLF),
            ("GET / HTTP/1.1\r\n\n", .requestFieldBareLF),
            (String(repeating: "A", count: 33), .requestMethodUnsupported),
            ("GET /" + String(repeating: "a", count: 8_300), .requestTargetSize),
            ("GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 24_576), .requestHeadSize),
        ])
    func early(text: String, expected: Reason) {
        for cut in 0...min(text.utf8.count, 40) where cut <= latin(text).count {
            #expect(scan(text, cut: cut) == .malformed(expected), "cut at \(cut)")
        }
    }

    @Test("accepts a head of exactly the limit and refuses one byte more, however it is cut")
    func limit() {
        var limits = HeadLimits()
        limits.head = 64
        let fixed = "GET / HTTP/1.1\r\nA: \r\n\r\n".utf8.count
        for cut in 0...64 {
            let fits = "GET / HTTP/1.1\r\nA: " + String(repeating: "v", count: 64 - fixed) + "\r\n\r\n"
            let tooLong = "GET / HTTP/1.1\r\nA: " + String(repeating: "v", count: 65 - fixed) + "\r\n\r\n"
            #expect(scan(fits, cut: cut, limits: limits) == .complete(start: 0, end: 64), "cut at \(cut)")
            #expect(scan(tooLong, cut: cut, limits: limits) == .malformed(.requestHeadSize), "cut at \(cut)")
        }
    }

    @Test("passes over as many empty lines as the limit says")
    func emptyLines() {
        var limits = HeadLimits()
        limits.leadingEmptyLines = 0
        #expect(scan("\r\nGET / HTTP/1.1\r\n\r\n", cut: 0, limits: limits) == .malformed(.requestLine))
        limits.leadingEmptyLines = 2
        #expect(scan("\r\n\r\nGET / HTTP/1.1\r\n\r\n", cut: 3, limits: limits) == .complete(start: 4, end: 22))
    }

    @Test("knows responses by their first bytes and lets no empty line stand before them")
    func responses() {
        let head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
        for cut in 0...head.utf8.count {
            #expect(scan(head, cut: cut, side: .response) == .complete(start: 0, end: head.utf8.count))
            for wrong in ["\r\n" + head, "HTTQ" + head, "\n", " " + head, "220 smtp ready\r\n"] {
                #expect(
                    scan(wrong, cut: min(cut, wrong.utf8.count), side: .response) == .malformed(.upstreamResponseHead))
            }
        }
        #expect(scan("HTTP/1.1 200 OK\nA: b\n\n", cut: 3, side: .response) == .malformed(.upstreamResponseHead))
        var limits = HeadLimits()
        limits.head = 20
        #expect(scan(head, cut: 3, side: .response, limits: limits) == .malformed(.upstreamResponseSize))
    }
}
