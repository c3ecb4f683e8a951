/// How a careless server might read a head: a CR or an LF alone ends a line, white space and control bytes around
/// names and values are no matter.
///
/// What is forwarded must mean to it what it means to us: otherwise there are two readings.
struct LenientReader {
    /// The first line.
    private(set) var start: [UInt8] = []

    /// The fields, their names in lower case.
    private(set) var fields: [(name: [UInt8], value: [UInt8])] = []

    /// Whether a line without a colon stands among the fields, or one that begins with white space.
    private(set) var hasOddLines = false

    /// - Parameter foldsUnderscores: whether `_` is `-` in names, as where fields become variables.
    init(_ head: [UInt8], foldsUnderscores: Bool) {
        var lines = head.split(omittingEmptySubsequences: true) { $0 == 0x0a || $0 == 0x0d }.map(Array.init)
        if lines.isEmpty { return }
        start = lines.removeFirst()
        for line in lines {
            guard let colon = line.firstIndex(of: 0x3a), line[0] > 0x20 else {
                hasOddLines = true
                continue
            }
            let name = LenientReader.trimmed(line[..<colon]).map { foldsUnderscores && $0 == 0x5f ? 0x2d : $0 }
            fields.append((lowercased(name), LenientReader.trimmed(line[(colon + 1)...])))
        }
    }

    /// The values of the fields named `name`, which is in lower case.
    func values(_ name: String) -> [[UInt8]] {
        let name = Array(name.utf8)
        return fields.filter { $0.name == name }.map(\.value)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var bytes = bytes
        while let first = bytes.first, first <= 0x20 || first == 0x7f { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 || last == 0x7f { bytes.removeLast() }
        return Array(bytes)
    }
}

extension LenientReader {
    /// Checks that the body ends where `length` and `isChunked` say, by each of the ways to find out.
    func requireFraming(length: UInt64?, isChunked: Bool) throws(Contradiction) {
        let lengths = values("content-length")
        let codings = values("transfer-encoding")
        try require(!hasOddLines, "a line of the head is no field")
        try require(lengths.count + codings.count <= 1, "there are two fields that frame the body")
        try require(
            lengths.map { $0 } == (length.map { [Array(String($0).utf8)] } ?? []),
            "Content-Length is \(lengths.map(shown)), the body has \(String(describing: length)) bytes")
        try require(
            codings == (isChunked ? [Array("chunked".utf8)] : []), "Transfer-Encoding is \(codings.map(shown))")
        for field in fields {
            try require(
                field.value.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }, "a value holds a control byte")
        }
    }
}
