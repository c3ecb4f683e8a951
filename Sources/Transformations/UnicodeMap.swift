import Bytes

/// Which byte a code of `%uHHHH` stands for: `SecUnicodeMapFile`.
///
/// A code without an entry stands for its low byte, and a full-width form (U+FF01 to U+FF5E) for its ASCII character.
public struct UnicodeMap: ~Copyable, Sendable {
    /// The byte of each code, in pages of 256 codes that exist only where there are entries.
    private let bytes: [UInt8]
    /// The page of each high byte; 0 is the page of no entry, which is not stored.
    private let pages: [UInt8]

    /// The map without entries.
    public init() { self.init(entries: []) }

    /// The map of code page 20127 (US-ASCII), which `modsecurity.conf-recommended` names: accents are taken off, and
    /// what looks like a punctuation mark is one.
    public init(codePage20127: Void) { self.init(entries: CodePage20127.entries) }

    /// The map of the code page with this number in a file of the form of `unicode.mapping`.
    ///
    /// A line that begins with the number names the page, the next one lists its entries, `HHHH:HH` between spaces.
    public init(file: Span<UInt8>, codePage: Int) throws(UnicodeMapError) {
        self.init(entries: try UnicodeMapFile.entries(file, codePage: codePage))
    }

    init(entries: [(code: UInt16, byte: UInt8)]) {
        var pages = [UInt8](repeating: 0, count: 256)
        var bytes: [UInt8] = []
        for entry in entries {
            let high = Int(entry.code >> 8)
            if pages[high] == 0 {
                // At most 255 pages have a number of their own; surrogates (0xd8 to 0xdf) never need one.
                if bytes.count == 255 * 256 { continue }
                for low in UInt16(0)..<256 { bytes.append(UnicodeMap.foldedToByte(entry.code & 0xff00 | low)) }
                pages[high] = UInt8(bytes.count / 256)
            }
            bytes[(Int(pages[high]) - 1) * 256 + Int(entry.code & 0xff)] = entry.byte
        }
        self.pages = pages
        self.bytes = bytes
    }

    func byte(for code: UInt16) -> UInt8 {
        let page = pages[Int(code >> 8)]
        if page == 0 { return UnicodeMap.foldedToByte(code) }
        return bytes[(Int(page) - 1) * 256 + Int(code & 0xff)]
    }

    /// The low byte, or the ASCII character of a full-width form.
    static func foldedToByte(_ code: UInt16) -> UInt8 {
        let low = UInt8(truncatingIfNeeded: code)
        return code >> 8 == 0xff && low > 0 && low < 0x5f ? low + 0x20 : low
    }
}
