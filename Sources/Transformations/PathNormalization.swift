/// Self-references, back-references and repeated slashes are taken out of a path.
///
/// As in mod_security2: a segment that ends in `..` counts as a back-reference (`dir..` removes itself), a relative path
/// keeps the back-references that lead out of it, and no slash is left at the end that was not there before.
enum PathNormalization {
    /// The number of bytes written, or nil when they do not fit.
    static func write(_ input: Span<UInt8>, to output: inout MutableSpan<UInt8>, backslashes: Bool) -> Int? {
        if output.count < input.count { return nil }
        if input.isEmpty { return 0 }
        let isRelative = !isSlash(input[0], backslashes)
        var path = Path(isRelative: isRelative)
        var index = 0
        while index < input.count {
            if isSlash(input[index], backslashes) {
                while index + 1 < input.count && isSlash(input[index + 1], backslashes) { index += 1 }
                // A relative path of which nothing is left does not become an absolute one.
                if !(isRelative && path.count == 0) {
                    output[path.count] = 0x2f
                    path.count += 1
                }
                index += 1
            } else {
                index = path.takeSegment(input, from: index, to: &output, backslashes: backslashes)
            }
        }
        if !isSlash(input[input.count - 1], backslashes) && path.count > 0 && output[path.count - 1] == 0x2f {
            path.count -= 1
        }
        return path.count
    }

    @inline(__always)
    static func isSlash(_ byte: UInt8, _ backslashes: Bool) -> Bool { byte == 0x2f || backslashes && byte == 0x5c }
}

/// What was written of a path so far.
private struct Path {
    let isRelative: Bool
    /// Bytes written.
    var count = 0
    /// A back-reference led to or above where a relative path begins: those that follow are kept.
    var isAtStart = false

    init(isRelative: Bool) { self.isRelative = isRelative }

    /// Takes the segment at `start`; the index of the slash after it, or of the end.
    mutating func takeSegment(
        _ input: Span<UInt8>, from start: Int, to output: inout MutableSpan<UInt8>, backslashes: Bool
    ) -> Int {
        let segment = count
        var index = start
        while index < input.count && !PathNormalization.isSlash(input[index], backslashes) {
            output[count] = input[index]
            count += 1
            index += 1
        }
        let length = index - start
        let isLast = index == input.count
        if input[index - 1] != 0x2e {
            if count > 1 { isAtStart = false }
        } else if length == 1 {
            dropSelfReference(isLast: isLast)
        } else if input[index - 2] == 0x2e {
            dropBackReference(segment, length, isLast: isLast, &output)
        }
        return index
    }

    private mutating func dropSelfReference(isLast: Bool) {
        count -= 1
        // The slash after it stands for the one before it.
        if !isLast && count > 0 { count -= 1 }
    }

    private mutating func dropBackReference(
        _ segment: Int, _ length: Int, isLast: Bool, _ output: inout MutableSpan<UInt8>
    ) {
        if isRelative && (isAtStart || segment + length <= 3) {
            isAtStart = true
            return
        }
        // From before the slash that precedes `..`, or from within the segment, back to the slash before.
        var end = segment + length - 4
        while end > 0 && output[end] != 0x2f { end -= 1 }
        count = max(end, 0)
        if count == 0 {
            isAtStart = true
            if !isRelative && isLast { count = 1 }
        }
    }
}
