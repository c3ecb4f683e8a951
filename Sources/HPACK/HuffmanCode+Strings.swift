internal import Bytes

/// Strings in the Huffman code (RFC 7541 section 5.2).
extension HuffmanCode {
    /// Decodes `text` into the bytes of `output` from `start` on, of which those below `limit` may be written.
    ///
    /// - Returns: how many bytes it is; where they do not fit, the rest is checked and counted, not written.
    borrowing func decode(
        _ text: Span<UInt8>, into output: inout Slab<UInt8>, at start: Int, limit: Int
    ) throws(HPACKFault) -> Int {
        var place = start
        var position = 0
        // The next bits, the first one highest, with zeros behind them.
        var bits: UInt64 = 0
        var available = 0
        while true {
            while available <= 56 && position < text.count {
                bits |= UInt64(text[position]) &<< UInt64(56 &- available)
                available &+= 8
                position &+= 1
            }
            let (symbol, length) = next(bits)
            if length > available { break }
            if symbol == HuffmanCode.endOfString { throw .huffman }
            if place < limit { output[place] = UInt8(truncatingIfNeeded: symbol) }
            place &+= 1
            bits &<<= UInt64(length)
            available &-= length
        }
        // What is left is padding: the first bits of EOS, which are ones, and less than a byte of them.
        if available > 7 || ~bits &>> UInt64(64 &- available) != 0 && available > 0 { throw .huffman }
        return place &- start
    }

    /// The symbol that `bits` begin with, and how many of them it takes.
    @inline(__always)
    private borrowing func next(_ bits: UInt64) -> (symbol: UInt16, length: Int) {
        let entry = short[Int(bits &>> 56)]
        if entry != 0 { return (entry &>> 8, Int(entry & 0xff)) }
        let window = bits &>> 32
        var length = HuffmanCode.longestShort &+ 1
        while length < HuffmanCode.longest && window >= ends[length] { length &+= 1 }
        let code = Int(window &>> UInt64(32 &- length))
        return (symbols[code &+ Int(offsets[length])], length)
    }

    /// The bytes that `text` takes in the code, with its letters in lower case where `folds`.
    static func encodedCount(_ text: Span<UInt8>, folds: Bool) -> Int {
        var bits = 0
        for index in text.indices {
            bits &+= length(Int(folds ? ASCII.lowercased(text[index]) : text[index]))
        }
        return (bits &+ 7) / 8
    }

    /// Writes `text` in the code, padded with ones.
    @_lifetime(writer: copy writer)
    borrowing func encode(_ text: Span<UInt8>, folds: Bool, to writer: inout ByteWriter) {
        var bits: UInt64 = 0
        var count = 0
        for index in text.indices {
            let symbol = Int(folds ? ASCII.lowercased(text[index]) : text[index])
            let length = HuffmanCode.length(symbol)
            // At most 7 bits are left over from before, and a code has at most 30.
            bits = bits &<< UInt64(length) | UInt64(codes[symbol])
            count &+= length
            while count >= 8 {
                count &-= 8
                writer.append(UInt8(truncatingIfNeeded: bits &>> UInt64(count)))
            }
        }
        if count > 0 {
            let padding = 8 &- count
            writer.append(UInt8(truncatingIfNeeded: bits &<< UInt64(padding) | (1 &<< UInt64(padding) &- 1)))
        }
    }
}
