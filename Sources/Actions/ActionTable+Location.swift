import Bytes
import HTTPModel

/// `Location` and `Content-Location` (RFC 9110 sections 10.2.2 and 8.7), as the client is to see them.
extension ActionTable {
    /// Writes the reference `value` as it is to be seen by the client. Answers whether it is another one.
    func writeLocation(
        _ value: Span<UInt8>, _ scope: ActionScope, _ client: borrowing ClientView, to writer: inout ByteWriter
    ) -> Bool {
        let entry = rewrites.entry(Int(scope.rewrite))
        guard let reference = Reference(value, scheme: client.scheme) else { return false }
        let path = value.extracting(reference.pathStart..<reference.pathEnd)
        if reference.hasAuthority {
            let host = value.extracting(reference.hostStart..<reference.hostEnd)
            let isInner = rewrites.isInner(host, port: reference.port, scheme: reference.scheme, entry)
            if !isInner && !leadsBack(host, reference, client) { return false }
            writeOrigin(client, to: &writer)
        } else if scope.path < 0 {
            return false
        }
        if scope.path >= 0 && (path.count == 0 || path[0] == 0x2f) {
            writeBack(path, scope, to: &writer)
        } else if path.count == 0 {
            writer.append(0x2f)
        } else {
            writer.append(path)
        }
        writer.append(value.extracting(reference.pathEnd..<value.count))
        return true
    }

    /// Writes `path`, which is empty or begins with a slash, as the client calls it.
    func writeBack(_ path: Span<UInt8>, _ scope: ActionScope, to writer: inout ByteWriter) {
        let root: StaticString = "/"
        paths.writeBack(path.count == 0 ? root.bytes : path, Int(scope.path), to: &writer)
    }

    /// Whether the reference leads to the client's own host without TLS, though the client has TLS: the upstream does
    /// not know of it.
    private func leadsBack(
        _ host: Span<UInt8>, _ reference: Reference, _ client: borrowing ClientView
    ) -> Bool {
        reference.scheme == .http && client.scheme == .https && ASCII.equalIgnoringCase(host, client.host)
            && (reference.port == 0 || reference.port == Scheme.http.defaultPort || reference.port == client.port)
    }

    /// `scheme://host:port`; nothing for a client that named no host, which gets the path alone.
    private func writeOrigin(_ client: borrowing ClientView, to writer: inout ByteWriter) {
        if client.host.count == 0 { return }
        writer.append(client.scheme.text)
        writer.append("://")
        writer.append(client.host)
        if client.port != 0 {
            writer.append(0x3a)
            writer.append(decimal: UInt64(client.port))
        }
    }
}

/// A reference taken apart (RFC 3986 section 4.2), if it names a host by HTTP or a path from the root.
private struct Reference: BitwiseCopyable {
    var scheme: Scheme
    var hasAuthority = false
    var hostStart = 0
    var hostEnd = 0
    /// 0 where none is given.
    var port: UInt16 = 0
    var pathStart = 0
    var pathEnd = 0

    /// - Parameter scheme: what a reference without a scheme has.
    init?(_ value: Span<UInt8>, scheme: Scheme) {
        self.scheme = scheme
        var start = 0
        for candidate: Scheme in [.http, .https] {
            let count = candidate.text.utf8CodeUnitCount
            if value.count > count && value[count] == 0x3a
                && ASCII.equalIgnoringCase(value.extracting(0..<count), candidate.text)
            {
                self.scheme = candidate
                start = count &+ 1
            }
        }
        if value.count >= start &+ 2 && Reference.isSlash(value[start]) && Reference.isSlash(value[start &+ 1]) {
            // Browsers take a backslash for a slash, and any number of them.
            while start < value.count && Reference.isSlash(value[start]) { start &+= 1 }
            hasAuthority = true
            pathStart = Reference.end(of: value, from: start)
            guard readAuthority(value, start, pathStart) else { return nil }
        } else if start > 0 || value.count == 0 || value[0] != 0x2f {
            return nil
        }
        pathEnd = pathStart
        while pathEnd < value.count && value[pathEnd] != 0x3f && value[pathEnd] != 0x23 { pathEnd &+= 1 }
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2f || byte == 0x5c }

    /// Where the authority that begins at `start` ends.
    private static func end(of value: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < value.count && !isSlash(value[end]) && value[end] != 0x3f && value[end] != 0x23 { end &+= 1 }
        return end
    }

    /// Finds host and port, behind user information if there is some.
    private mutating func readAuthority(_ value: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        hostStart = start
        for index in start..<end where value[index] == 0x40 { hostStart = index &+ 1 }
        hostEnd = hostStart
        let isAddress = hostEnd < end && value[hostEnd] == 0x5b
        while hostEnd < end && (value[hostEnd] != 0x3a || isAddress) {
            hostEnd &+= 1
            if isAddress && value[hostEnd &- 1] == 0x5d { break }
        }
        guard hostEnd > hostStart, let port = Reference.port(in: value, hostEnd, end) else { return false }
        self.port = port
        // A name with a final dot is the same name.
        if hostEnd &- hostStart > 1 && value[hostEnd &- 1] == 0x2e { hostEnd &-= 1 }
        return true
    }

    /// The port between `start`, where its colon stands, and `end`; 0 where there is none.
    private static func port(in value: Span<UInt8>, _ start: Int, _ end: Int) -> UInt16? {
        if start == end { return 0 }
        if value[start] != 0x3a { return nil }
        var number: UInt32 = 0
        for index in start &+ 1..<end {
            if !ASCII.isDigit(value[index]) { return nil }
            number = number &* 10 &+ UInt32(value[index] &- 0x30)
            if number > UInt32(UInt16.max) { return nil }
        }
        return UInt16(number)
    }
}
