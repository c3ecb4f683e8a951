import Bytes

/// What the texts in a plan are made of. The policy checker and the reader of the image ask the same questions.
public enum PlanText {
    /// Whether `text` has at least one byte and no control character.
    public static func isPrintable(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    /// Whether `text` is a name that a policy gives to a block: letters, digits, `_` and `-`, a letter first.
    public static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, ASCII.isLetter(first) else { return false }
        return text.utf8.count <= PlanBounds.name
            && text.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x5f || $0 == 0x2d }
    }

    /// Whether `text` is a file name: not empty, not too long, no control character.
    public static func isFileName(_ text: String) -> Bool {
        text.utf8.count <= PlanBounds.fileName && isPrintable(text.utf8)
    }

    /// Whether `text` is a token of RFC 9110 section 5.6.2.
    public static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= PlanBounds.name && text.utf8.allSatisfy { ASCII.isToken($0) }
    }

    /// Whether `text` is a host name in lower case without a final dot: labels of letters, digits, `-` and `_`.
    ///
    /// The last label is not a number, decimal or hexadecimal, so that nothing is both a name and what some resolver
    /// takes for an address (RFC 3696 section 2).
    public static func isHostName(_ text: String) -> Bool {
        if text.utf8.count > PlanBounds.host { return false }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = labels.last, !isNumber(Array(last)) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= PlanBounds.hostLabel
                && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isHostByte($0) }
        }
    }

    /// Whether `text` is a host name or an address, as the dialer takes it: IPv6 without brackets.
    public static func isServerHost(_ text: String) -> Bool { isHostName(text) || IPAddress(text) != nil }

    /// Whether `text` is a host as it stands in a request: a name, an IPv4 address, or an IPv6 address in brackets, in
    /// the one form that requests are compared in.
    public static func isExactHost(_ text: String) -> Bool {
        if isHostName(text) { return true }
        if text.hasPrefix("[") && text.hasSuffix("]") {
            guard let address = IPAddress(String(text.dropFirst().dropLast())) else { return false }
            return !address.isIPv4 && "[\(address)]" == text
        }
        guard let address = IPAddress(text) else { return false }
        return address.isIPv4 && address.description == text
    }

    /// Whether `path` is in the canonical form of request paths: it begins with a slash; it has no empty, `.` or `..`
    /// segment; what RFC 3986 section 3.3 does not allow is percent-encoded, in upper case; unreserved characters are
    /// not.
    public static func isCanonicalPath(_ path: [UInt8]) -> Bool {
        if path.first != UInt8(ascii: "/") || path.count > PlanBounds.path { return false }
        let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if segment.isEmpty && !isLast { return false }
            if segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) { return false }
            if !isCanonicalSegment(Array(segment)) { return false }
        }
        return true
    }

    /// Whether `byte` may stand in a path as it is: `pchar` of RFC 3986 section 3.3, or a slash.
    public static func isPathByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || "-._~!$&'()*+,;=:@/".utf8.contains(byte)
    }

    /// Whether `byte` is one that is never percent-encoded: `unreserved` of RFC 3986 section 2.3.
    public static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || "-._~".utf8.contains(byte)
    }

    private static func isNumber(_ label: [UInt8]) -> Bool {
        let isHexadecimal = label.starts(with: "0x".utf8)
        return isHexadecimal
            ? label.dropFirst(2).allSatisfy { ASCII.hexadecimalValue($0) != nil }
            : label.allSatisfy { ASCII.isDigit($0) }
    }

    private static func isCanonicalSegment(_ segment: [UInt8]) -> Bool {
        var index = 0
        while index < segment.count {
            if segment[index] == UInt8(ascii: "%") {
                guard index + 2 < segment.count, let byte = upperCaseByte(segment[index + 1], segment[index + 2]),
                    !isUnreserved(byte), byte != 0
                else { return false }
                index += 3
            } else {
                if !isPathByte(segment[index]) { return false }
                index += 1
            }
        }
        return true
    }

    private static func upperCaseByte(_ one: UInt8, _ two: UInt8) -> UInt8? {
        func value(_ digit: UInt8) -> UInt8? {
            digit >= 0x61 ? nil : ASCII.hexadecimalValue(digit)
        }
        guard let high = value(one), let low = value(two) else { return nil }
        return high << 4 | low
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || byte == 0x2d || byte == 0x5f || (byte >= 0x61 && byte <= 0x7a)
    }
}
