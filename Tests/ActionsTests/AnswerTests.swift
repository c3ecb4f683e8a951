import Bytes
import HTTP1
import HTTPModel
import Plan
import Testing

@Suite("What is answered here")
struct AnswerTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    // MARK: Redirects

    private func location(_ target: [Redirect.Part], _ request: String) throws -> String? {
        var stage = Stage()
        stage.route.action = .redirect(Redirect(target: target, status: 307))
        var head = RequestHead(limits: HeadLimits())
        try stage.parse(request, &head)
        let answer = try stage.answer { actions, context, memory, writer in
            actions.writeRedirect(0, for: head, context, using: &memory, to: &writer)
        }
        #expect(answer.hasPrefix("HTTP/1.1 307 Temporary Redirect\r\n") && answer.hasSuffix("\r\n\r\n"))
        let lines = answer.components()
        #expect(lines.contains("Content-Length: 0") && lines.contains("Date: D"))
        return lines.first { $0.hasPrefix("Location: ") }.map { String($0.dropFirst("Location: ".count)) }
    }

    @Test("The places of a redirect are filled with parts of the canonical request")
    func redirect() throws {
        let target: [Redirect.Part] = [.text(bytes("https://")), .host, .text(bytes(":8443/new")), .path, .query]
        let request = "GET /%61/../b?x=%20 HTTP/1.1\r\nHost: WWW.Example.org:80\r\n\r\n"
        #expect(try location(target, request) == "https://www.example.org:8443/new/b?x=%20")
        #expect(try location(target, "GET / HTTP/1.1\r\nHost: a\r\n\r\n") == "https://a:8443/new/")
        #expect(try location([.text(bytes("/x")), .query], "GET /?q HTTP/1.1\r\nHost: a\r\n\r\n") == "/x?q")
        #expect(try location([.text(bytes("/x")), .path], "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") == "/x/")
    }

    @Test("A redirect tells whether it needs the request's host")
    func needsHost() throws {
        for (target, needs) in [([.text(bytes("https://")), .host], true), ([.text(bytes("/x")), .path], false)]
            as [([Redirect.Part], Bool)]
        {
            var stage = Stage()
            stage.route.action = .redirect(Redirect(target: target))
            let actions = try stage.actions()
            #expect(actions.needsHost(forRedirect: 0) == needs && actions.status(ofRedirect: 0) == 302)
        }
    }

    // MARK: Fixed answers

    private func answer(
        _ response: FixedResponse, headers: HeaderProfile? = nil, omitsBody: Bool = false
    ) throws -> String {
        var stage = Stage()
        if let headers { stage.headers(headers) }
        stage.route.action = .respond(response)
        return try stage.answer(omitsBody: omitsBody) { actions, context, memory, writer in
            actions.writeResponse(0, context, to: &writer)
        }
    }

    @Test("A fixed answer has its status, type, length and body")
    func respond() throws {
        let text = try answer(FixedResponse(status: 418, type: "text/plain", body: bytes("tea\n")))
        #expect(text == "HTTP/1.1 418 \r\nContent-Type: text/plain\r\nContent-Length: 4\r\nDate: D\r\n\r\ntea\n")
        let head = try answer(FixedResponse(body: bytes("tea")), omitsBody: true)
        #expect(head.hasSuffix("\r\n\r\n") && head.contains("Content-Length: 3\r\n"))
        let empty = try answer(FixedResponse(status: 204))
        #expect(empty == "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n")
    }

    @Test("The policy's fields are on answers too, but for those that the answer has itself")
    func fields() throws {
        let profile = HeaderProfile(
            response: [
                HeaderEdit(.set, "X-Site", bytes("a")), HeaderEdit(.set, "Content-Type", bytes("text/css")),
                HeaderEdit(.set, "Cache-Control", bytes("max-age=5")),
            ],
            secure: SecureHeaders(fields: [SecureHeaders.Field("X-Frame-Options", bytes("DENY"))]))
        let lines = try answer(FixedResponse(type: "text/plain", body: bytes("x")), headers: profile).components()
        #expect(lines.filter { $0.hasPrefix("Content-Type") } == ["Content-Type: text/plain"])
        #expect(lines.contains("X-Site: a") && lines.contains("Cache-Control: max-age=5"))
        #expect(lines.contains("X-Frame-Options: DENY"))
    }

    // MARK: Pages

    @Test("A page holds the reference wherever it has a place for it, and nobody keeps it")
    func page() throws {
        var stage = Stage()
        stage.plan.pages = [
            Page(file: "a", type: "text/html", body: bytes("<p>{reference}</p>{reference}{refer}")),
            Page(file: "b", type: "text/plain", body: bytes("none")),
        ]
        stage.plan.errors = [
            ErrorPages(entries: [ErrorPages.Entry(status: 403, page: 0), ErrorPages.Entry(status: 405, page: 1)])
        ]
        stage.route.profiles.errors = 0
        let actions = try stage.actions()
        #expect(actions.page(for: 403, 0) == 0 && actions.page(for: 405, 0) == 1 && actions.page(for: 404, 0) == nil)
        #expect(actions.changesResponses(0) && !actions.changesRequests(0) && !actions.changesResponses(1))
        let reference = bytes("0123")
        let methods = bytes("GET")
        let text = try stage.answer { actions, context, memory, writer in
            actions.writePage(
                0, status: 403, reference: reference.span, allow: reference.span.extracting(0..<0), retryAfter: 60,
                context, using: &memory, to: &writer)
        }
        #expect(text.hasSuffix("\r\n\r\n<p>0123</p>0123{refer}"))
        #expect(text.components().contains("Content-Length: 22") && text.components().contains("Retry-After: 60"))
        #expect(text.components().contains("Cache-Control: no-store"))
        let other = try stage.answer { actions, context, memory, writer in
            actions.writePage(
                1, status: 405, reference: reference.span, allow: methods.span, retryAfter: 0, context,
                using: &memory, to: &writer)
        }
        #expect(other.components().contains("Allow: GET") && other.hasSuffix("\r\n\r\nnone"))
    }

    @Test("The appliance's own page keeps its fields and its length, with another status and more fields")
    func ownPage() throws {
        var stage = Stage()
        stage.headers(
            HeaderProfile(response: [
                HeaderEdit(.set, "Content-Security-Policy", bytes("default-src *")), HeaderEdit(.set, "X", bytes("y")),
            ]))
        let actions = try stage.actions()
        let reference = bytes("abc")
        let text = try stage.answer { _, context, _, writer in
            var page = ErrorPage(reason: .ruleDeny, reference: reference.span)
            page.status = 451
            page.write(changing: actions.edits, actions.responseEdits(0, scheme: .https), to: &writer)
        }
        #expect(text.hasPrefix("HTTP/1.1 451 Unavailable For Legal Reasons\r\n"))
        let lines = text.components()
        #expect(
            lines.contains("X: y")
                && lines.filter { $0.hasPrefix("Content-Security") } == ["Content-Security-Policy: default-src 'none'"])
        let end =
            text.utf8.count
            - Array(text.utf8).split(separator: UInt8(ascii: "<"), maxSplits: 1, omittingEmptySubsequences: false)[0]
            .count
        #expect(lines.contains("Content-Length: \(end)"))
    }
}
