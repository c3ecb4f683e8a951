/// A URL of a request: `https://host:port/path?query` (RFC 3986), as far as `explain` needs it.
struct RequestAddress: Equatable {
    let isSecure: Bool

    /// The host with its port, if one is given.
    let host: String

    /// The path with the query; `/` if none is given.
    let target: String

    /// - Throws: what is wrong with `text`.
    init(_ text: String) throws(OperatorError) {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw OperatorError("'\(text)' is not a URL; write one that begins with https:// or http://")
        }
        isSecure = scheme == "https://"
        let rest = text.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        host = String(rest[..<end])
        if host.isEmpty || host.contains("@") {
            throw OperatorError("'\(text)' names no host; write one such as https://www.example.org/path")
        }
        // What follows a '#' is never sent.
        let target = rest[end...].prefix { $0 != "#" }
        self.target = target.isEmpty ? "/" : target.first == "?" ? "/" + target : String(target)
    }

    /// The port that is named, or that of the scheme.
    var port: UInt16? {
        let end = host.lastIndex(of: "]") ?? host.startIndex
        guard let colon = host[end...].lastIndex(of: ":") else { return isSecure ? 443 : 80 }
        return UInt16(host[host.index(after: colon)...])
    }
}
