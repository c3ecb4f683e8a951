import Bytes

/// To which bytes the characters of Unicode are mapped by `t:urlDecodeUni`: one code page of a file such as
/// `unicode.mapping`.
public struct UnicodeMap: Equatable, Sendable {
    /// The number of the code page, as 20127 for ASCII.
    public let codePage: Int

    /// The byte of each code point that has one.
    public let bytes: [UInt32: UInt8]

    /// The code page `codePage` in the text of a file: its number, a name, and pairs of hexadecimal numbers as
    /// `00a9:63`. Nil when it is not there.
    init?(_ text: [UInt8], codePage: Int) {
        var bytes: [UInt32: UInt8] = [:]
        var isInPage = false
        var isFound = false
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let words = line.split(whereSeparator: PlacedText.isBlank)
            guard let first = words.first else { continue }
            if !first.contains(UInt8(ascii: ":")) {
                isInPage = Int(String(decoding: first, as: UTF8.self)) == codePage
                isFound = isFound || isInPage
                continue
            }
            if !isInPage { continue }
            for word in words {
                let pair = word.split(separator: UInt8(ascii: ":"))
                guard pair.count == 2, let point = UnicodeMap.hexadecimal(pair[0]),
                    let byte = UnicodeMap.hexadecimal(pair[1]).flatMap(UInt8.init(exactly:))
                else { return nil }
                bytes[point] = byte
            }
        }
        if !isFound || bytes.isEmpty { return nil }
        self.codePage = codePage
        self.bytes = bytes
    }

    private static func hexadecimal(_ text: ArraySlice<UInt8>) -> UInt32? {
        if text.isEmpty || text.count > 6 { return nil }
        var value: UInt32 = 0
        for byte in text {
            guard let digit = ASCII.hexadecimalValue(byte) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
