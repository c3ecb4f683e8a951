import Bytes

extension PlanText {
    /// Whether `text` is a token in lower case, as names of fields are compared.
    public static func isLowercasedToken(_ text: [UInt8]) -> Bool {
        !text.isEmpty && text.count <= PlanBounds.name
            && text.allSatisfy { ASCII.isToken($0) && ASCII.lowercased($0) == $0 }
    }

    /// Whether `value` can stand in a field line (RFC 9110 section 5.5): visible characters, blanks and tabs, and
    /// bytes above ASCII, with neither blank nor tab at its ends.
    public static func isFieldValue(_ value: [UInt8]) -> Bool {
        func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
        return value.count <= PlanBounds.fieldValue && !isBlank(value.first) && !isBlank(value.last)
            && value.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }

    /// Whether a policy may change the field `name`: a token of no field that belongs to the connection or frames the
    /// message (RFC 9110 section 7.6.1), whose meaning is the appliance's alone. `Host` can be changed in requests.
    public static func isChangeableField(_ name: String, isRequest: Bool) -> Bool {
        let lowercased = name.lowercased()
        return isToken(name) && !unchangeable.contains(lowercased) && (isRequest || lowercased != "host")
    }

    /// Whether `text` is a host as it stands in a request, with a port from 1 to 65535 if it has one: the value of
    /// `Host` (RFC 9110 section 7.2) in its canonical form.
    public static func isAuthority(_ text: String) -> Bool {
        if isExactHost(text) { return true }
        guard let colon = text.lastIndex(of: ":"), isExactHost(String(text[..<colon])) else { return false }
        let digits = text[text.index(after: colon)...]
        return digits.first != "0" && digits.utf8.allSatisfy { ASCII.isDigit($0) } && UInt16(digits) != nil
    }

    /// Names of fields that no policy changes.
    public static let unchangeable: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "http2-settings", "proxy", "proxy-authenticate", "proxy-authorization", "content-length", "expect",
    ]

    /// Whether `text` is a media type with its parameters (RFC 9110 section 8.3.1): `type/subtype`, and what may follow
    /// behind a semicolon.
    public static func isMediaType(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.count > PlanBounds.note || !isFieldValue(bytes) || !bytes.allSatisfy({ $0 < 0x7f }) { return false }
        let essence = bytes.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
        let parts = essence.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { ASCII.isToken($0) } }
    }

    /// Whether `path` is the beginning of canonical paths, up to a slash that follows: canonical, and without a slash
    /// at its end.
    public static func isPathBeginning(_ path: [UInt8]) -> Bool {
        path.count > 1 && path.last != UInt8(ascii: "/") && isCanonicalPath(path)
    }

    /// Whether `byte` may stand in a URI: unreserved, reserved, or the percent sign (RFC 3986 section 2).
    public static func isURIByte(_ byte: UInt8) -> Bool { isPathByte(byte) || "?#[]%".utf8.contains(byte) }
}
