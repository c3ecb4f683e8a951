import HTTPModel
import Plan
import Testing

@Suite("Paths on their way to the upstream and back")
struct PathRewriteTests {
    private func stage(strip: String? = nil, replace: (String, String)? = nil, prepend: String? = nil) -> Stage {
        var stage = Stage()
        stage.route.path = PathRewrite(
            strip: strip.map { Array($0.utf8) },
            replace: replace.map { PathRewrite.Replacement(Array($0.0.utf8), with: Array($0.1.utf8)) },
            prepend: prepend.map { Array($0.utf8) })
        stage.route.profiles.rewrite = ResponseRewrite(location: true)
        return stage
    }

    private func paths(_ stage: Stage, _ paths: [String]) throws -> [String] {
        try paths.map { try stage.sentPath($0) }
    }

    /// What the client gets of these locations.
    private func back(_ stage: Stage, _ paths: [String]) throws -> [String] {
        try paths.map { path in
            let field = try stage.received("Location: \(path)").first ?? ""
            return String(field.dropFirst("Location: ".count))
        }
    }

    @Test("strip takes away a beginning up to a slash; at least the root is left")
    func strip() throws {
        let stage = stage(strip: "/app")
        let paths = try paths(stage, ["/app/x", "/app/", "/app", "/apple", "/x/app/", "/app/app/x?q=/app/"])
        #expect(paths == ["/x", "/", "/", "/apple", "/x/app/", "/app/x?q=/app/"])
        #expect(
            try back(stage, ["/x", "/", "/app/x", "/app", "x", "?a"]) == [
                "/app/x", "/app/", "/app/x", "/app", "x", "?a",
            ])
    }

    @Test("prepend puts a beginning before")
    func prepend() throws {
        let stage = stage(prepend: "/inner")
        #expect(try paths(stage, ["/x", "/", "/inner/x"]) == ["/inner/x", "/inner/", "/inner/inner/x"])
        #expect(try back(stage, ["/inner/x", "/inner", "/inner/", "/other"]) == ["/x", "/", "/", "/other"])
    }

    @Test("replace puts another beginning in the place of one")
    func replace() throws {
        let stage = stage(replace: ("/old", "/new/path"))
        #expect(
            try paths(stage, ["/old/x", "/old", "/older", "/new"]) == ["/new/path/x", "/new/path", "/older", "/new"])
        #expect(try back(stage, ["/new/path/x", "/new/path", "/old/x", "/z"]) == ["/old/x", "/old", "/old/x", "/z"])
        let empty = self.stage(replace: ("/old", ""))
        #expect(try paths(empty, ["/old/x", "/old"]) == ["/x", "/"])
        #expect(try back(empty, ["/x", "/old/x"]) == ["/old/x", "/old/x"])
    }

    @Test("First what is stripped, then what is replaced, then what is put before; and back the other way")
    func all() throws {
        let stage = stage(strip: "/app", replace: ("/old", "/new"), prepend: "/v2")
        #expect(try paths(stage, ["/app/old/x", "/app/y", "/app", "/z"]) == ["/v2/new/x", "/v2/y", "/v2/", "/v2/z"])
        #expect(try back(stage, ["/v2/new/x", "/v2/y", "/z"]) == ["/app/old/x", "/app/y", "/z"])
    }

    @Test("OPTIONS * has no path to be changed")
    func asterisk() throws {
        let head = try stage(strip: "/app", prepend: "/x").sent("OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n")
        #expect(head.hasPrefix("OPTIONS * HTTP/1.1\r\n"))
    }

    @Test("What comes of a change and is not canonical is refused")
    func notCanonical() throws {
        let stage = stage(prepend: "/a%2Fb")
        #expect(throws: Reason.pathEncodedSlash) { try stage.sentPath("/x") }
    }

    @Test("What goes there comes back, over all paths of few segments")
    func roundTrip() throws {
        let beginnings: [String?] = [nil, "/a", "/a/b"]
        for strip in beginnings {
            for prepend in [nil, "/p", "/p/q"] as [String?] where strip != nil || prepend != nil {
                let stage = stage(strip: strip, prepend: prepend)
                for rest in ["/c", "/", "/c/d/", ""] {
                    let path = (strip ?? "") + rest
                    if path.isEmpty { continue }
                    let there = try stage.sentPath(path)
                    let again = try back(stage, [there])
                    // A path that is stripped as a whole comes back with the slash that was left of it.
                    #expect(again == [path == strip ? path + "/" : path], "\(path) by \(there)")
                }
            }
        }
    }
}
