internal import Bytes

/// The canonical form of a path: what policy matches and what the upstream gets.
///
/// Percent-encoded unreserved characters are decoded, other percent-encodings have upper-case digits, dot segments
/// are removed, runs of slashes are merged (RFC 3986 section 6.2.2, and ``TargetRules``). Canonicalising a canonical
/// path gives the same path.
public struct CanonicalPath: ~Copyable, ~Escapable {
    private let raw: Span<UInt8>
    private let rules: TargetRules
    private var output: MutableSpan<UInt8>
    private var input = 0
    private var count = 0
    /// Whether the current segment holds an encoded or literal separator that is not a segment's end to us.
    private var sawHiddenSeparator = false

    /// Writes the canonical form of `raw`, which begins with `/` and holds no query, to the start of `output`.
    ///
    /// - Returns: the number of bytes written. An output of three times the input's length always suffices.
    /// - Throws: the reason why the path is refused; ``Reason/requestTargetSize`` when the output is too small.
    public static func write(
        _ raw: Span<UInt8>, rules: TargetRules, to output: consuming MutableSpan<UInt8>
    ) throws(Reason) -> Int {
        if raw.count <= output.count && isPlain(raw) {
            for index in raw.indices { output[index] = raw[index] }
            return raw.count
        }
        var path = CanonicalPath(raw, rules, output)
        return try path.run()
    }

    /// Whether `raw` is canonical by any rules, which most paths are: slashes and segments of path characters, none
    /// of which is empty or begins with a dot, no parameters.
    private static func isPlain(_ raw: Span<UInt8>) -> Bool {
        if raw.count == 0 || raw[0] != 0x2f { return false }
        var afterSlash = true
        for index in 1..<raw.count {
            let byte = raw[index]
            if byte == 0x2f || byte == 0x2e {
                if afterSlash { return false }
                afterSlash = byte == 0x2f
            } else {
                if byte == 0x3b || !TargetRules.isPathCharacter(byte) { return false }
                afterSlash = false
            }
        }
        return true
    }

    @_lifetime(copy raw, copy output)
    private init(_ raw: Span<UInt8>, _ rules: TargetRules, _ output: consuming MutableSpan<UInt8>) {
        self.raw = raw
        self.rules = rules
        self.output = output
    }

    private mutating func run() throws(Reason) -> Int {
        if raw.count == 0 || raw[0] != 0x2f { throw .requestTarget }
        while input < raw.count {
            // Here `raw[input]` is a slash, and the output is the path before it.
            input &+= 1
            if rules.refusesEmptySegments && input < raw.count && raw[input] == 0x2f { throw .pathEmptySegment }
            if rules.mergesSlashes { skipSlashes() }
            let before = count
            try emit(0x2f)
            try copySegment()
            try removeDotSegment(before)
        }
        return count
    }

    private mutating func skipSlashes() {
        while input < raw.count && raw[input] == 0x2f { input &+= 1 }
    }

    /// Copies up to the next slash.
    private mutating func copySegment() throws(Reason) {
        var encoding = UTF8Validator()
        sawHiddenSeparator = false
        while input < raw.count {
            let byte = raw[input]
            if byte == 0x25 {
                try copyEncoded(&encoding)
                continue
            }
            if !encoding.isComplete {
                if !rules.allowsInvalidUTF8 { throw .pathEncoding }
                encoding = UTF8Validator()
            }
            if byte == 0x2f { return }
            if TargetRules.isUnreserved(byte) {
                try copyRun()
            } else {
                try copyReserved(byte)
                input &+= 1
            }
        }
        if !encoding.isComplete && !rules.allowsInvalidUTF8 { throw .pathEncoding }
    }

    /// Copies the unreserved characters at `input`, which most paths are made of.
    private mutating func copyRun() throws(Reason) {
        var from = input
        var to = count
        while from < raw.count && TargetRules.isUnreserved(raw[from]) {
            if to == output.count { throw .requestTargetSize }
            output[to] = raw[from]
            from &+= 1
            to &+= 1
        }
        input = from
        count = to
    }

    private mutating func copyReserved(_ byte: UInt8) throws(Reason) {
        if byte == 0x5c {
            if !rules.allowsBackslash { throw .pathBackslash }
            sawHiddenSeparator = true
            try emitEncoded(byte)
        } else if byte == 0x3b && !rules.allowsParameters {
            throw .pathParameter
        } else if TargetRules.isPathCharacter(byte) {
            try emit(byte)
        } else if rules.allowsInPath(byte) {
            try emitEncoded(byte)
        } else {
            throw .pathCharacter
        }
    }

    /// Copies the percent-encoded byte at `input`, or the percent sign alone where that is allowed.
    private mutating func copyEncoded(_ encoding: inout UTF8Validator) throws(Reason) {
        guard let byte = decoded() else {
            if !rules.allowsInvalidPercent { throw .pathPercent }
            if !encoding.isComplete && !rules.allowsInvalidUTF8 { throw .pathEncoding }
            encoding = UTF8Validator()
            input &+= 1
            try emitEncoded(0x25)
            return
        }
        input &+= 3
        if !encoding.accept(byte) {
            if !rules.allowsInvalidUTF8 { throw .pathEncoding }
            encoding = UTF8Validator()
        }
        switch byte {
        case 0x00: throw .pathNUL
        case 0x01...0x1f, 0x7f:
            if !rules.allowsEncodedControls { throw .pathControl }
        case 0x2f:
            if !rules.allowsEncodedSlash { throw .pathEncodedSlash }
            sawHiddenSeparator = true
        case 0x5c:
            if !rules.allowsEncodedBackslash { throw .pathEncodedBackslash }
            sawHiddenSeparator = true
        default:
            if TargetRules.isUnreserved(byte) {
                try emit(byte)
                return
            }
        }
        try emitEncoded(byte)
    }

    /// The byte that the three characters at `input` encode.
    private func decoded() -> UInt8? {
        if raw.count &- input < 3 { return nil }
        guard let high = ASCII.hexadecimalValue(raw[input &+ 1]),
            let low = ASCII.hexadecimalValue(raw[input &+ 2])
        else { return nil }
        return high << 4 | low
    }

    /// Takes away the segment just written, with its slash at `slash`, when it is `.` or `..`.
    private mutating func removeDotSegment(_ slash: Int) throws(Reason) {
        let start = slash &+ 1
        if sawHiddenSeparator { try refuseHiddenDotSegments(from: start) }
        if start == count || output[start] != 0x2e { return }
        let isLast = input == raw.count
        switch count &- start {
        case 1:
            count = isLast ? start : slash
        case 2 where output[start &+ 1] == 0x2e:
            var parent = slash
            if parent == 0 {
                if !rules.allowsDotSegmentsBeyondRoot { throw .pathBeyondRoot }
            } else {
                repeat { parent &-= 1 } while output[parent] != 0x2f
            }
            count = parent
            // The slash is still there: what was written before stands unchanged.
            if isLast { count &+= 1 }
        default:
            if isDotSegment(from: start, to: count) { throw .pathDotSegment }
        }
    }

    /// Refuses a dot segment between separators that the next server might take for slashes.
    private func refuseHiddenDotSegments(from start: Int) throws(Reason) {
        var position = start
        var pieceStart = start
        while position < count {
            if isSeparator(at: position) {
                if isDotSegment(from: pieceStart, to: position) { throw .pathDotSegment }
                position &+= 3
                pieceStart = position
            } else {
                position &+= 1
            }
        }
        if isDotSegment(from: pieceStart, to: count) { throw .pathDotSegment }
    }

    /// Whether `%2F` or `%5C` was written at `position`.
    private func isSeparator(at position: Int) -> Bool {
        if count &- position < 3 || output[position] != 0x25 { return false }
        let high = output[position &+ 1]
        let low = output[position &+ 2]
        return (high == 0x32 && low == 0x46) || (high == 0x35 && low == 0x43)
    }

    /// Whether the bytes written in `start..<end` are `.` or `..`, or one of these with parameters, which some
    /// servers cut off before they look for dot segments.
    private func isDotSegment(from start: Int, to end: Int) -> Bool {
        var position = start
        while position < end && output[position] == 0x2e { position &+= 1 }
        let dots = position &- start
        if dots == 0 || dots > 2 { return false }
        if position == end || output[position] == 0x3b { return true }
        return end &- position >= 3 && output[position] == 0x25
            && output[position &+ 1] == 0x33 && output[position &+ 2] == 0x42
    }

    private mutating func emit(_ byte: UInt8) throws(Reason) {
        if count == output.count { throw .requestTargetSize }
        output[count] = byte
        count &+= 1
    }

    private mutating func emitEncoded(_ byte: UInt8) throws(Reason) {
        if output.count &- count < 3 { throw .requestTargetSize }
        output[count] = 0x25
        output[count &+ 1] = CanonicalPath.upperDigit(byte >> 4)
        output[count &+ 2] = CanonicalPath.upperDigit(byte & 15)
        count &+= 3
    }

    private static func upperDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x37 &+ value }
}
