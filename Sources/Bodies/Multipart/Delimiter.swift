internal import Bytes

/// `--` and the boundary: what lines between parts begin with; and the automaton that finds it elsewhere in a line, in
/// one step a byte on average (Knuth, Morris, Pratt).
struct Delimiter: ~Copyable {
    private var bytes: Slab<UInt8>
    /// How many bytes still match when the byte behind so many does not.
    private var failures: Slab<UInt32>
    private(set) var count = 0

    /// Memory for the longest boundary that `limits` allow.
    init(_ limits: BodyLimits) {
        bytes = Slab(capacity: limits.contentType + 2, repeating: 0)
        failures = Slab(capacity: limits.contentType + 3, repeating: 0)
    }

    /// Takes a boundary that is no longer than a `Content-Type` may be.
    mutating func set(_ boundary: Span<UInt8>) {
        bytes[0] = UInt8(ascii: "-")
        bytes[1] = UInt8(ascii: "-")
        bytes.copy(boundary, at: 2)
        count = boundary.count + 2
        failures[0] = 0
        failures[1] = 0
        var matched = 0
        for index in 1..<count {
            while matched > 0, bytes[index] != bytes[matched] { matched = Int(failures[matched]) }
            if bytes[index] == bytes[matched] { matched += 1 }
            failures[index + 1] = UInt32(truncatingIfNeeded: matched)
        }
    }

    /// The byte at `index`.
    subscript(_ index: Int) -> UInt8 { bytes[index] }

    /// The first `count` bytes.
    @_lifetime(borrow self)
    func prefix(_ count: Int) -> Span<UInt8> { bytes.span(0, count) }

    /// How many bytes match behind `byte` when `matched` did before it.
    func step(_ matched: Int, _ byte: UInt8) -> Int {
        var matched = matched
        if matched == count { matched = Int(failures[matched]) }
        while matched > 0, bytes[matched] != byte { matched = Int(failures[matched]) }
        return bytes[matched] == byte ? matched + 1 : 0
    }
}
