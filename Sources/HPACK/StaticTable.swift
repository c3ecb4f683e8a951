internal import Bytes

/// The static table (RFC 7541 Appendix A). Indexes begin with 1.
enum StaticTable {
    /// The number of entries.
    static var count: Int { 61 }

    /// The entry at `index`, which is in `1...count`.
    static func entry(_ index: Int) -> (name: StaticString, value: StaticString) {
        switch index {
        case 1: (":authority", "")
        case 2: (":method", "GET")
        case 3: (":method", "POST")
        case 4: (":path", "/")
        case 5: (":path", "/index.html")
        case 6: (":scheme", "http")
        case 7: (":scheme", "https")
        case 8: (":status", "200")
        case 9: (":status", "204")
        case 10: (":status", "206")
        case 11: (":status", "304")
        case 12: (":status", "400")
        case 13: (":status", "404")
        case 14: (":status", "500")
        case 15: ("accept-charset", "")
        case 16: ("accept-encoding", "gzip, deflate")
        case 17: ("accept-language", "")
        case 18: ("accept-ranges", "")
        case 19: ("accept", "")
        case 20: ("access-control-allow-origin", "")
        case 21: ("age", "")
        case 22: ("allow", "")
        case 23: ("authorization", "")
        case 24: ("cache-control", "")
        case 25: ("content-disposition", "")
        case 26: ("content-encoding", "")
        case 27: ("content-language", "")
        case 28: ("content-length", "")
        case 29: ("content-location", "")
        case 30: ("content-range", "")
        case 31: ("content-type", "")
        case 32: ("cookie", "")
        case 33: ("date", "")
        case 34: ("etag", "")
        case 35: ("expect", "")
        case 36: ("expires", "")
        case 37: ("from", "")
        case 38: ("host", "")
        case 39: ("if-match", "")
        case 40: ("if-modified-since", "")
        case 41: ("if-none-match", "")
        case 42: ("if-range", "")
        case 43: ("if-unmodified-since", "")
        case 44: ("last-modified", "")
        case 45: ("link", "")
        case 46: ("location", "")
        case 47: ("max-forwards", "")
        case 48: ("proxy-authenticate", "")
        case 49: ("proxy-authorization", "")
        case 50: ("range", "")
        case 51: ("referer", "")
        case 52: ("refresh", "")
        case 53: ("retry-after", "")
        case 54: ("server", "")
        case 55: ("set-cookie", "")
        case 56: ("strict-transport-security", "")
        case 57: ("transfer-encoding", "")
        case 58: ("user-agent", "")
        case 59: ("vary", "")
        case 60: ("via", "")
        case 61: ("www-authenticate", "")
        default: preconditionFailure("no such entry of the static table")
        }
    }

    /// The entry that has this name, letter case aside, and, where there is one, also this value; nil when none has
    /// the name.
    static func find(name: Span<UInt8>, value: Span<UInt8>) -> (index: Int, hasValue: Bool)? {
        guard let first = firstIndex(of: name) else { return nil }
        var index = first
        repeat {
            if hasValue(index) && ASCII.equal(value, entry(index).value) { return (index, true) }
            index &+= 1
        } while index <= endOfRun(first)
        return (first, false)
    }

    /// Whether the entry has a value that is worth comparing. An empty one stands for "any other" in this table.
    private static func hasValue(_ index: Int) -> Bool { index >= 2 && index <= 14 || index == 16 }

    /// The last entry with the name of entry `first`, which is the first of them.
    private static func endOfRun(_ first: Int) -> Int {
        switch first {
        case 2: 3
        case 4: 5
        case 6: 7
        case 8: 14
        default: first
        }
    }

    /// The first entry with the name `name`, which is made of token bytes but for the colon of a pseudo-field.
    private static func firstIndex(of name: Span<UInt8>) -> Int? {
        switch name.count {
        case 3:
            if ASCII.tokenEquals(name, "age") { return 21 }
            if ASCII.tokenEquals(name, "via") { return 60 }
        case 4:
            if ASCII.tokenEquals(name, "date") { return 33 }
            if ASCII.tokenEquals(name, "etag") { return 34 }
            if ASCII.tokenEquals(name, "from") { return 37 }
            if ASCII.tokenEquals(name, "host") { return 38 }
            if ASCII.tokenEquals(name, "link") { return 45 }
            if ASCII.tokenEquals(name, "vary") { return 59 }
        case 5:
            if ASCII.tokenEquals(name, ":path") { return 4 }
            if ASCII.tokenEquals(name, "allow") { return 22 }
            if ASCII.tokenEquals(name, "range") { return 50 }
        case 6:
            if ASCII.tokenEquals(name, "accept") { return 19 }
            if ASCII.tokenEquals(name, "cookie") { return 32 }
            if ASCII.tokenEquals(name, "expect") { return 35 }
            if ASCII.tokenEquals(name, "server") { return 54 }
        case 7:
            if ASCII.tokenEquals(name, ":method") { return 2 }
            if ASCII.tokenEquals(name, ":scheme") { return 6 }
            if ASCII.tokenEquals(name, ":status") { return 8 }
            if ASCII.tokenEquals(name, "expires") { return 36 }
            if ASCII.tokenEquals(name, "referer") { return 51 }
            if ASCII.tokenEquals(name, "refresh") { return 52 }
        case 8:
            if ASCII.tokenEquals(name, "if-match") { return 39 }
            if ASCII.tokenEquals(name, "if-range") { return 42 }
            if ASCII.tokenEquals(name, "location") { return 46 }
        case 10:
            if ASCII.tokenEquals(name, ":authority") { return 1 }
            if ASCII.tokenEquals(name, "set-cookie") { return 55 }
            if ASCII.tokenEquals(name, "user-agent") { return 58 }
        case 11:
            if ASCII.tokenEquals(name, "retry-after") { return 53 }
        case 12:
            if ASCII.tokenEquals(name, "content-type") { return 31 }
            if ASCII.tokenEquals(name, "max-forwards") { return 47 }
        case 13:
            if ASCII.tokenEquals(name, "accept-ranges") { return 18 }
            if ASCII.tokenEquals(name, "authorization") { return 23 }
            if ASCII.tokenEquals(name, "cache-control") { return 24 }
            if ASCII.tokenEquals(name, "content-range") { return 30 }
            if ASCII.tokenEquals(name, "if-none-match") { return 41 }
            if ASCII.tokenEquals(name, "last-modified") { return 44 }
        case 14:
            if ASCII.tokenEquals(name, "accept-charset") { return 15 }
            if ASCII.tokenEquals(name, "content-length") { return 28 }
        case 15:
            if ASCII.tokenEquals(name, "accept-encoding") { return 16 }
            if ASCII.tokenEquals(name, "accept-language") { return 17 }
        case 16:
            if ASCII.tokenEquals(name, "content-encoding") { return 26 }
            if ASCII.tokenEquals(name, "content-language") { return 27 }
            if ASCII.tokenEquals(name, "content-location") { return 29 }
            if ASCII.tokenEquals(name, "www-authenticate") { return 61 }
        case 17:
            if ASCII.tokenEquals(name, "if-modified-since") { return 40 }
            if ASCII.tokenEquals(name, "transfer-encoding") { return 57 }
        case 18:
            if ASCII.tokenEquals(name, "proxy-authenticate") { return 48 }
        case 19:
            if ASCII.tokenEquals(name, "content-disposition") { return 25 }
            if ASCII.tokenEquals(name, "if-unmodified-since") { return 43 }
            if ASCII.tokenEquals(name, "proxy-authorization") { return 49 }
        case 25:
            if ASCII.tokenEquals(name, "strict-transport-security") { return 56 }
        case 27:
            if ASCII.tokenEquals(name, "access-control-allow-origin") { return 20 }
        default: break
        }
        return nil
    }
}
