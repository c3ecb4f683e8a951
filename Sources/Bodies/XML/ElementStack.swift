internal import Bytes

/// The names of the elements that are open.
struct ElementStack: ~Copyable {
    private var bytes: Slab<UInt8>
    /// Where each name begins.
    private var starts: Slab<UInt32>
    private var end = 0
    /// Open elements.
    private(set) var depth = 0
    /// How much of the innermost name an end tag has matched.
    private var matched = 0

    init(_ limits: BodyLimits) {
        bytes = Slab(capacity: limits.openNames, repeating: 0)
        starts = Slab(capacity: limits.depth, repeating: 0)
    }

    mutating func clear() {
        depth = 0
        end = 0
    }

    /// Opens an element, whose name is appended next.
    mutating func open() throws(BodyStop) {
        if depth >= starts.capacity { throw .limited(.depth) }
        starts[depth] = UInt32(truncatingIfNeeded: end)
        depth &+= 1
    }

    /// Appends a byte to the name of the innermost element.
    mutating func append(_ byte: UInt8, _ limits: BodyLimits) throws(BodyStop) {
        if end &- Int(starts[depth &- 1]) >= limits.nameLength { throw .limited(.nameLength) }
        if end >= bytes.capacity { throw .limited(.openNames) }
        bytes[end] = byte
        end &+= 1
    }

    /// Begins to compare an end tag's name with that of the innermost element.
    mutating func beginMatch() throws(BodyStop) {
        if depth == 0 { throw .malformed(.xmlEndTag) }
        matched = Int(starts[depth &- 1])
    }

    /// Compares a byte of an end tag's name.
    mutating func match(_ byte: UInt8) throws(BodyStop) {
        if matched >= end || bytes[matched] != byte { throw .malformed(.xmlEndTag) }
        matched &+= 1
    }

    /// Takes the end of an end tag's name.
    mutating func endMatch() throws(BodyStop) {
        if matched != end { throw .malformed(.xmlEndTag) }
    }

    /// Closes the innermost element.
    mutating func close() {
        depth &-= 1
        end = Int(starts[depth])
    }
}
