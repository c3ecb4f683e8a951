import HTTPModel

/// Paths and authorities. The input is an authority, a line feed, and a path.
///
/// Making what is canonical canonical changes nothing; and no server that decodes a canonical path, however often it
/// does so and whatever it takes for a separator, comes to another folder.
enum CanonicalTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let bytes = array(input)
        let feed = bytes.firstIndex(of: 0x0a) ?? bytes.count
        try examineAuthority(Array(bytes[..<feed]))
        let path = Array(bytes[min(feed + 1, bytes.count)...])
        for rules in [TargetRules(), permissive] { try examinePath(path, rules) }
    }

    private static var permissive: TargetRules {
        var rules = TargetRules()
        rules.characters = .visible
        rules.mergesSlashes = false
        rules.allowsEncodedSlash = true
        rules.allowsEncodedBackslash = true
        rules.allowsBackslash = true
        rules.allowsEncodedControls = true
        rules.allowsInvalidPercent = true
        rules.allowsInvalidUTF8 = true
        rules.allowsDotSegmentsBeyondRoot = true
        return rules
    }

    private static func canonical(_ path: [UInt8], _ rules: TargetRules) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: 3 * path.count)
        guard let count = try? CanonicalPath.write(path.span, rules: rules, to: output.mutableSpan) else { return nil }
        return Array(output[..<count])
    }

    private static func examinePath(_ path: [UInt8], _ rules: TargetRules) throws(Contradiction) {
        guard let once = canonical(path, rules) else { return }
        let twice = canonical(once, rules)
        try require(twice == once, "\(shown(once)) becomes \(twice.map(shown) ?? "nothing")")
        try require(once.first == 0x2f, "the path begins without a slash: \(shown(once))")
        try require(once.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x23 && $0 != 0x3f }, shown(once))
        try requireNoDotSegments(once, isDecoded: true)
        if rules.mergesSlashes {
            try require(!zip(once, once.dropFirst()).contains { $0 == 0x2f && $1 == 0x2f }, shown(once))
        }
    }

    /// Looks for dot segments as a server may find them: after decoding once, with `\` for a separator, and with
    /// parameters cut off.
    private static func requireNoDotSegments(_ path: [UInt8], isDecoded: Bool) throws(Contradiction) {
        for bytes in [path, decoded(path)] {
            for segment in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x2f || $0 == 0x5c }) {
                let name = Array(segment.prefix { $0 != 0x3b })
                try require(name != [0x2e] && name != [0x2e, 0x2e], "a dot segment is in \(shown(path))")
            }
        }
    }

    private static func decoded(_ path: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = 0
        while index < path.count {
            let digits = path[min(index + 1, path.count)...].prefix(2)
            if path[index] == 0x25, digits.count == 2,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), digits.first != 0x2b
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(path[index])
                index += 1
            }
        }
        return bytes
    }

    private static func authority(_ raw: [UInt8]) -> (host: [UInt8], port: UInt16)? {
        var output = [UInt8](repeating: 0, count: Authority.longestHost)
        var span = output.mutableSpan
        guard let authority = Authority.parse(raw.span, to: &span) else { return nil }
        return (Array(output[..<authority.hostCount]), authority.port)
    }

    private static func examineAuthority(_ raw: [UInt8]) throws(Contradiction) {
        guard let once = authority(raw) else { return }
        let text = once.host + (once.port == 0 ? [] : Array(":\(once.port)".utf8))
        guard let twice = authority(text), twice.host == once.host, twice.port == once.port else {
            throw Contradiction("the authority \(shown(raw)) becomes \(shown(text)), which becomes another")
        }
        try require(lowercased(once.host) == once.host, "the host \(shown(once.host)) has upper-case letters")
        try require(
            once.host.allSatisfy { $0 > 0x20 && $0 < 0x7f && !Array("/?#@\\%,;".utf8).contains($0) },
            "the host \(shown(once.host)) holds a separator")
    }
}
