import Plan

extension TestRequest {
    /// The head as a client sends it (RFC 9112): all that the parser of the proxy needs.
    var bytes: [UInt8] {
        var head = Array("\(method) ".utf8) + target + Array(" HTTP/1.1\r\nHost: \(host)\r\n".utf8)
        for pair in headers { head += Array("\(pair.name): ".utf8) + pair.value + Array("\r\n".utf8) }
        if !cookies.isEmpty {
            let pairs = cookies.map { Array("\($0.name)=".utf8) + $0.value }
            head += Array("Cookie: ".utf8) + Array(pairs.joined(separator: Array("; ".utf8))) + Array("\r\n".utf8)
        }
        if let body { head += Array("Content-Length: \(body.count)\r\n".utf8) }
        return head + Array("\r\n".utf8)
    }
}
