import Bytes
import HTTPModel
import Plan

/// `Set-Cookie` (RFC 6265 section 4.1), as the client is to see it.
extension ActionTable {
    /// Writes the cookie `value` with its attributes changed.
    func writeCookie(
        _ value: Span<UInt8>, _ scope: ActionScope, _ client: borrowing ClientView, to writer: inout ByteWriter
    ) {
        let entry = rewrites.entry(Int(scope.rewrite))
        var seen = CookieAttributes()
        var position = ByteSearch.first(0x3b, in: value, from: 0)
        writer.append(value.extracting(0..<position))
        // Such a cookie is taken with the path `/` alone (RFC 6265bis section 4.1.3.2).
        let isBoundToHost = ActionTable.begins(value, with: "__host-")
        while position < value.count {
            let end = ByteSearch.first(0x3b, in: value, from: position &+ 1)
            let attribute = ActionTable.trimmed(value.extracting(position &+ 1..<end))
            position = end
            let equals = ByteSearch.first(0x3d, in: attribute, from: 0)
            let name = ActionTable.trimmed(attribute.extracting(0..<equals))
            seen.note(name)
            if entry.removesDomain && ASCII.equalIgnoringCase(name, "domain") { continue }
            writer.append("; ")
            let path = ActionTable.trimmed(attribute.extracting(min(equals &+ 1, attribute.count)..<attribute.count))
            let isPath = ASCII.equalIgnoringCase(name, "path") && path.count > 0 && path[0] == 0x2f
            if entry.changesPath && scope.path >= 0 && isPath && !isBoundToHost {
                writer.append("Path=")
                writeBack(path, scope, to: &writer)
            } else {
                writer.append(attribute)
            }
        }
        if entry.addsSecure && client.scheme == .https && !seen.hasSecure { writer.append("; Secure") }
        if entry.addsHTTPOnly && !seen.hasHTTPOnly { writer.append("; HttpOnly") }
        if !seen.hasSameSite, let sameSite = entry.sameSite { writer.append(ActionTable.attribute(sameSite)) }
    }

    private static func attribute(_ sameSite: ResponseRewrite.Cookies.SameSite) -> StaticString {
        switch sameSite {
        case .strict: "; SameSite=Strict"
        case .lax: "; SameSite=Lax"
        case .none: "; SameSite=None"
        }
    }

    private static func begins(_ value: Span<UInt8>, with beginning: StaticString) -> Bool {
        let count = beginning.utf8CodeUnitCount
        return value.count >= count && ASCII.equalIgnoringCase(value.extracting(0..<count), beginning)
    }

    @_lifetime(copy text)
    private static func trimmed(_ text: Span<UInt8>) -> Span<UInt8> {
        var start = 0
        var end = text.count
        while start < end && (text[start] == 0x20 || text[start] == 0x09) { start &+= 1 }
        while end > start && (text[end &- 1] == 0x20 || text[end &- 1] == 0x09) { end &-= 1 }
        return text.extracting(start..<end)
    }
}

/// Which attributes a cookie has.
private struct CookieAttributes: BitwiseCopyable {
    var hasSecure = false
    var hasHTTPOnly = false
    var hasSameSite = false

    mutating func note(_ name: Span<UInt8>) {
        if ASCII.equalIgnoringCase(name, "secure") { hasSecure = true }
        if ASCII.equalIgnoringCase(name, "httponly") { hasHTTPOnly = true }
        if ASCII.equalIgnoringCase(name, "samesite") { hasSameSite = true }
    }
}
