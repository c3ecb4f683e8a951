import HTTPModel
import Plan
import Testing

@Suite("Fields are changed as the policy says")
struct FieldEditTests {
    private func value(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func sent(_ edits: [HeaderEdit], _ fields: String = "") throws -> [String] {
        var stage = Stage()
        stage.headers(HeaderProfile(request: edits))
        return try stage.sent("GET / HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n").components()
    }

    private func received(_ profile: HeaderProfile, _ fields: String..., scheme: Scheme = .https) throws -> [String] {
        var stage = Stage()
        stage.scheme = scheme
        stage.headers(profile)
        switch fields.count {
        case 0: return try stage.received()
        case 1: return try stage.received(fields[0])
        default: return try stage.received(fields[0], fields[1])
        }
    }

    // MARK: Requests

    @Test("set replaces every line with the name, add leaves them, remove takes them away")
    func request() throws {
        let edits = [
            HeaderEdit(.set, "X-One", value("new")), HeaderEdit(.add, "X-Two", value("more")),
            HeaderEdit(.remove, "x-three"), HeaderEdit(.remove, "Accept"), HeaderEdit(.set, "User-Agent", value("me")),
        ]
        let fields = try sent(
            edits, "x-one: a\r\nX-ONE: b\r\nX-Two: c\r\nX-Three: d\r\nAccept: */*\r\nUser-Agent: curl\r\nX-Four: e\r\n")
        #expect(fields.filter { $0.lowercased().hasPrefix("x-one") } == ["X-One: new"])
        #expect(fields.filter { $0.hasPrefix("X-Two") } == ["X-Two: c", "X-Two: more"])
        #expect(!fields.contains { $0.lowercased().hasPrefix("x-three") || $0.hasPrefix("Accept") })
        #expect(fields.filter { $0.hasPrefix("User-Agent") } == ["User-Agent: me"] && fields.contains("X-Four: e"))
    }

    @Test("The changes hold one after the other")
    func order() throws {
        let edits = [
            HeaderEdit(.add, "X", value("1")), HeaderEdit(.set, "x", value("2")), HeaderEdit(.add, "X", value("3")),
            HeaderEdit(.set, "Y", value("1")), HeaderEdit(.remove, "y"),
        ]
        let fields = try sent(edits, "X: 0\r\nY: 0\r\n")
        // Each line has its name as it was written for it.
        #expect(fields.filter { $0.lowercased().hasPrefix("x: ") } == ["x: 2", "X: 3"])
        #expect(!fields.contains { $0.lowercased().hasPrefix("y") })
    }

    @Test("The fields that the appliance writes itself can be changed")
    func own() throws {
        let edits = [
            HeaderEdit(.remove, "X-Forwarded-For"), HeaderEdit(.set, "X-Forwarded-Proto", value("http")),
            HeaderEdit(.remove, "Forwarded"), HeaderEdit(.remove, "Via"), HeaderEdit(.remove, "X-Forwarded-Host"),
        ]
        let fields = try sent(edits)
        #expect(fields == ["Host: a.example", "X-Forwarded-Proto: http"])
    }

    @Test("Host is set in its place, once")
    func host() throws {
        let fields = try sent([HeaderEdit(.set, "host", value("inner.example")), HeaderEdit(.set, "Z", value("z"))])
        #expect(fields[0] == "Host: inner.example" && fields.filter { $0.lowercased().hasPrefix("host") }.count == 1)
        #expect(fields.last == "Z: z")
    }

    @Test("Nothing that was received is hidden in the family of a name that is removed")
    func family() throws {
        var stage = Stage()
        stage.headers(HeaderProfile(response: [HeaderEdit(.remove, "X-Forwarded-Other")]))
        #expect(try stage.received("X-Forwarded-Other: 1", "X-Forwarded-More: 2") == ["X-Forwarded-More: 2"])
    }

    // MARK: Responses

    @Test("Hidden fields of the upstream are gone; what is set after that is there")
    func hide() throws {
        let profile = HeaderProfile(
            response: [HeaderEdit(.set, "Server", value("web"))], hide: ["server", "X-Powered-By", "X-AspNet-Version"])
        let fields = try received(profile, "Server: Apache/2.4.1", "x-powered-by: PHP")
        #expect(fields == ["Server: web"])
    }

    private var secure: SecureHeaders {
        SecureHeaders(fields: [
            SecureHeaders.Field("Strict-Transport-Security", value("max-age=31536000"), needsTLS: true),
            SecureHeaders.Field("X-Frame-Options", value("DENY")),
        ])
    }

    @Test("Secure headers are added where the application has none, and HSTS by TLS alone")
    func provided() throws {
        let profile = HeaderProfile(secure: secure)
        let hsts = "Strict-Transport-Security: max-age=31536000"
        #expect(try received(profile) == [hsts, "X-Frame-Options: DENY"])
        #expect(try received(profile, "x-frame-options: SAMEORIGIN") == ["x-frame-options: SAMEORIGIN", hsts])
        #expect(try received(profile, scheme: .http) == ["X-Frame-Options: DENY"])
        // One that Connection takes away is none that the client gets.
        #expect(
            try received(profile, "X-Frame-Options: X", "Connection: x-frame-options") == [
                hsts, "X-Frame-Options: DENY",
            ])
    }

    @Test("Secure headers replace those of the application where they are told to, and where it is hidden")
    func replaced() throws {
        var overwriting = secure
        overwriting.overwrites = true
        #expect(
            try received(HeaderProfile(secure: overwriting), "X-Frame-Options: SAMEORIGIN", "A: b", scheme: .http)
                == ["A: b", "X-Frame-Options: DENY"])
        let hidden = HeaderProfile(hide: ["X-Frame-Options"], secure: secure)
        #expect(try received(hidden, "X-Frame-Options: SAMEORIGIN", scheme: .http) == ["X-Frame-Options: DENY"])
        let set = HeaderProfile(response: [HeaderEdit(.set, "x-frame-options", value("SAMEORIGIN"))], secure: secure)
        #expect(try received(set, scheme: .http) == ["x-frame-options: SAMEORIGIN"])
    }
}
