import Bytes
import Plan

/// Puts texts of a policy into the form that requests have, for hints.
enum CanonicalText {
    /// The form in which a request for `path` is matched, for the hint: what must be percent-encoded is, what need not
    /// be is not, and empty and dot segments are gone.
    static func path(_ path: [UInt8]) -> [UInt8] {
        var segments: [[UInt8]] = []
        let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let segment = segment(Array(part))
            let isDots = segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
            if segment.elementsEqual("..".utf8) { _ = segments.popLast() }
            if !isDots && !segment.isEmpty { segments.append(segment) }
            if index == parts.count - 1 && (isDots || segment.isEmpty) { segments.append([]) }
        }
        return Array("/".utf8) + Array(segments.joined(separator: "/".utf8))
    }

    private static func segment(_ segment: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < segment.count {
            var byte = segment[index]
            var isEncoded = false
            if byte == UInt8(ascii: "%"), index + 2 < segment.count,
                let high = ASCII.hexadecimalValue(segment[index + 1]),
                let low = ASCII.hexadecimalValue(segment[index + 2])
            {
                byte = high << 4 | low
                isEncoded = true
                index += 2
            }
            if isEncoded ? PlanText.isUnreserved(byte) : PlanText.isPathByte(byte) {
                result.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += Array("%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
            }
            index += 1
        }
        return result
    }
}
