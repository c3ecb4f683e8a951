internal import Bytes

/// The protocols that an `Upgrade` field offers (RFC 9110 section 7.8).
enum UpgradeProtocols {
    /// Whether `value` is a list of protocols of which none is HTTP in another form, or TLS.
    ///
    /// A server that changes to one of those takes requests from the tunnel that nobody has looked at. Ignoring the
    /// field, as any recipient may, is the answer.
    static func areForwardable(_ value: Span<UInt8>) -> Bool {
        var list = ListCursor(end: value.count)
        var isNamed = false
        while list.advance(in: value) {
            let member = value.extracting(list.memberStart..<list.memberEnd)
            let slash = ByteSearch.first(0x2f, in: member, from: 0)
            let name = member.extracting(0..<slash)
            if !ListCursor.isToken(name) || isWebOrTLS(name) { return false }
            if slash < member.count && !ListCursor.isToken(member.extracting((slash &+ 1)..<member.count)) {
                return false
            }
            isNamed = true
        }
        return isNamed
    }

    private static func isWebOrTLS(_ name: Span<UInt8>) -> Bool {
        for known: StaticString in ["h2c", "h2", "h3", "http", "tls"]
        where ASCII.equalIgnoringCase(name, known) { return true }
        return false
    }
}
