import Bytes

extension Transformation {
    /// The most bytes that the output of `count` bytes of input can have.
    public func capacity(for count: Int) -> Int {
        switch self {
        case .utf8toUnicode: count * 4
        case .urlEncode: count * 3
        case .hexEncode: count * 2
        case .base64Encode: (count + 2) / 3 * 4
        case .removeComments: count + 1
        case .length: 20
        case .md5: MD5.size
        case .sha1: SHA1.size
        default: count
        }
    }

    /// Writes the transformed `input` to the start of `output`.
    ///
    /// `unicode` says what `%uHHHH` stands for (`SecUnicodeMapFile`).
    public func apply(
        _ input: Span<UInt8>, to output: inout MutableSpan<UInt8>, unicode: borrowing UnicodeMap
    ) -> Outcome {
        if input.isEmpty && !changesEmpty { return .unchanged }
        let start = firstTrigger(in: input)
        if start == input.count && !changesEmpty { return .unchanged }
        if output.count < start { return .exceeded }
        let count: Int?
        if self == .normalizePath || self == .normalizePathWin {
            count = PathNormalization.write(input, to: &output, backslashes: self == .normalizePathWin)
        } else {
            var writer = ByteWriter(output._mutatingExtracting(0..<output.count))
            write(input, from: start, to: &writer, unicode: unicode)
            count = writer.overflowed ? nil : writer.count
        }
        guard let count else { return .exceeded }
        if count == input.count && ASCII.equal(output.span.extracting(0..<count), input) { return .unchanged }
        return .changed(count: count)
    }

    /// Where the first byte is that matters to this transformation; the count of `input` when there is none.
    private func firstTrigger(in input: Span<UInt8>) -> Int {
        switch self {
        case .none: input.count
        case .htmlEntityDecode: ByteSearch.first(0x26, in: input, from: 0)
        case .jsDecode, .cssDecode, .escapeSeqDecode: ByteSearch.first(0x5c, in: input, from: 0)
        case .removeNulls, .replaceNulls: ByteSearch.first(0, in: input, from: 0)
        case .replaceComments: ByteSearch.first(0x2f, in: input, from: 0)
        case .trim, .trimLeft, .trimRight: Whitespace.isTrimmed(input, self) ? input.count : 0
        case .base64Decode, .base64DecodeExt, .base64Encode, .hexDecode, .hexEncode, .length, .md5, .sha1: 0
        default: triggers.first(in: input)
        }
    }

    /// Everything before `start` is copied by those that need not look at it.
    @_lifetime(writer: copy writer)
    private func write(
        _ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter, unicode: borrowing UnicodeMap
    ) {
        switch self {
        case .none, .normalizePath, .normalizePathWin: return
        case .base64Decode: return Base64.decode(input, to: &writer)
        case .base64DecodeExt: return Base64.decodeForgiving(input, to: &writer)
        case .base64Encode: return Base64.encode(input, to: &writer)
        case .cmdLine: return CommandLineText.simplify(input, to: &writer)
        case .hexDecode: return Hexadecimal.decode(input, to: &writer)
        case .hexEncode: return Hexadecimal.encode(input, to: &writer)
        case .length: return writer.append(decimal: UInt64(input.count))
        case .md5: return MD5.digest(input, to: &writer)
        case .phpArgsNames: return ArgumentName.mangle(input, to: &writer)
        case .sha1: return SHA1.digest(input, to: &writer)
        case .trim, .trimLeft, .trimRight: return Whitespace.trim(input, self, to: &writer)
        default: break
        }
        writer.append(input.extracting(0..<start))
        switch self {
        case .compressWhitespace: Whitespace.compress(input, from: start, to: &writer)
        case .cssDecode: CSSEscapes.decode(input, from: start, to: &writer)
        case .escapeSeqDecode: CEscapes.decode(input, from: start, to: &writer)
        case .htmlEntityDecode: HTMLEntities.decode(input, from: start, to: &writer)
        case .jsDecode: JavaScriptEscapes.decode(input, from: start, to: &writer)
        case .lowercase: for index in start..<input.count { writer.append(ASCII.lowercased(input[index])) }
        case .parityEven7bit: for index in start..<input.count { writer.append(Parity.even(input[index])) }
        case .parityOdd7bit: for index in start..<input.count { writer.append(Parity.odd(input[index])) }
        case .parityZero7bit: for index in start..<input.count { writer.append(input[index] & 0x7f) }
        case .removeComments: Comments.remove(input, from: start, to: &writer)
        case .removeCommentsChar: Comments.removeMarks(input, from: start, to: &writer)
        case .removeNulls: Nulls.remove(input, from: start, to: &writer)
        case .removeWhitespace: Whitespace.remove(input, from: start, to: &writer)
        case .replaceComments: Comments.replace(input, from: start, to: &writer)
        case .replaceNulls: Nulls.replace(input, from: start, to: &writer)
        case .sqlHexDecode: Hexadecimal.decodeLiterals(input, from: start, to: &writer)
        case .uppercase:
            for index in start..<input.count {
                let byte = input[index]
                writer.append(byte &- 0x61 < 26 ? byte & 0xdf : byte)
            }
        case .urlDecode: PercentCoding.decode(input, from: start, to: &writer)
        case .urlDecodeUni: PercentCoding.decodeUnicode(input, from: start, map: unicode, to: &writer)
        case .urlEncode: PercentCoding.encode(input, from: start, to: &writer)
        case .utf8toUnicode: UTF8Escapes.encode(input, from: start, to: &writer)
        default: break
        }
    }
}
