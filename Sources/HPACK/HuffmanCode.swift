internal import Bytes

/// The Huffman code of RFC 7541 Appendix B.
///
/// The code is canonical: codes of one length are consecutive, in the order of their symbols, and shorter codes come
/// before longer ones. So the lengths alone tell the whole code, and everything else is computed from them, once.
struct HuffmanCode: ~Copyable, Sendable {
    /// The only one there is.
    static let shared = HuffmanCode()

    /// By the first eight bits: a symbol and the length of its code, or 0 where the code is longer than that.
    let short: InlineArray<256, UInt16>
    /// By length: where the codes of that length end, as the first 32 bits of what follows.
    let ends: InlineArray<31, UInt64>
    /// By length: what is added to a code to find its symbol in ``symbols``.
    let offsets: InlineArray<31, Int32>
    /// The symbols in the order of their codes.
    let symbols: InlineArray<257, UInt16>
    /// By symbol: the code, in its low bits.
    let codes: InlineArray<257, UInt32>

    /// The symbol that ends a string and must never be sent (RFC 7541 section 5.2).
    static var endOfString: UInt16 { 256 }
    /// The lengths of the longest code, and of the longest that ``short`` knows.
    static var longest: Int { 30 }
    static var longestShort: Int { 8 }

    /// The length of each symbol's code: `A` is 5 bits, `Z` is 30.
    private static var lengths: StaticString {
        """
        ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF\
        IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX\
        PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS\
        VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV\
        Z
        """
    }

    /// The length of `symbol`'s code, in bits.
    static func length(_ symbol: Int) -> Int { Int(lengths.bytes[symbol]) &- 0x41 &+ 5 }

    private init() {
        var short = InlineArray<256, UInt16>(repeating: 0)
        var ends = InlineArray<31, UInt64>(repeating: 0)
        var offsets = InlineArray<31, Int32>(repeating: 0)
        var symbols = InlineArray<257, UInt16>(repeating: 0)
        var codes = InlineArray<257, UInt32>(repeating: 0)
        var code: UInt32 = 0
        var place = 0
        for length in 5...HuffmanCode.longest {
            code &<<= 1
            offsets[length] = Int32(place) &- Int32(bitPattern: code)
            for symbol in 0...256 where HuffmanCode.length(symbol) == length {
                symbols[place] = UInt16(symbol)
                codes[symbol] = code
                if length <= HuffmanCode.longestShort {
                    let unused = HuffmanCode.longestShort &- length
                    let first = Int(code) &<< unused
                    for prefix in first..<first &+ 1 &<< unused {
                        short[prefix] = UInt16(symbol) &<< 8 | UInt16(length)
                    }
                }
                code &+= 1
                place &+= 1
            }
            ends[length] = UInt64(code) &<< UInt64(32 &- length)
        }
        self.short = short
        self.ends = ends
        self.offsets = offsets
        self.symbols = symbols
        self.codes = codes
    }
}
