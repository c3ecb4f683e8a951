internal import Bytes

/// The name of the place in a JSON text that the parser is at, and of the containers around it.
struct JSONPath: ~Copyable {
    /// One open container.
    struct Level: BitwiseCopyable {
        var isArray = false
        /// Bytes of the container's name; -1 when it has none: the object at the top.
        var nameEnd: Int32 = -1
        /// Where in it the key stands that an array's elements are named by.
        var keyStart: Int32 = 0
        /// Elements seen, of an array.
        var elements: Int32 = 0
        /// Tells an object from all others, for its keys.
        var serial: UInt32 = 0
    }

    private var bytes: Slab<UInt8>
    private var levels: Slab<Level>
    private var names = JSONNames.plain
    /// Open containers.
    private(set) var depth = 0
    /// Bytes of the name of the current place.
    private(set) var count = 0
    /// Where its last key begins.
    private var keyStart = 0
    private var serials: UInt32 = 0

    init(_ limits: BodyLimits) {
        bytes = Slab(capacity: limits.nameLength, repeating: 0)
        levels = Slab(capacity: limits.depth, repeating: Level())
    }

    /// Goes to the top of a text.
    mutating func start(_ names: JSONNames) {
        self.names = names
        depth = 0
        count = 0
        keyStart = 0
        serials = 0
    }

    /// The innermost container; there is one.
    var top: Level { levels[depth - 1] }

    /// The array whose elements all have the current name; 0 when the name is of this place alone.
    var sharedName: UInt32 {
        depth > 0 && names == .plain && top.isArray ? top.serial : 0
    }

    /// The name of the current place.
    var name: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span(0, count) }
    }

    /// The key that was taken in last.
    var key: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span(keyStart, count) }
    }

    /// Enters a container that is the value at the current place.
    mutating func open(isArray: Bool) throws(BodyStop) {
        if depth >= levels.capacity { throw .limited(.depth) }
        if depth == 0 {
            if names == .rooted {
                try append("json")
            } else if isArray {
                try append("array")
            }
        }
        serials &+= 1
        var level = Level(isArray: isArray, serial: serials)
        let isNameless = depth == 0 && count == 0
        level.nameEnd = isNameless ? -1 : Int32(truncatingIfNeeded: count)
        level.keyStart = Int32(truncatingIfNeeded: keyStart)
        levels[depth] = level
        depth += 1
    }

    /// Leaves the innermost container.
    mutating func close() { depth -= 1 }

    /// Goes to a member of the object, whose key is appended next.
    mutating func beginKey() throws(BodyStop) {
        let end = Int(top.nameEnd)
        count = max(end, 0)
        if end >= 0 { try append(UInt8(ascii: ".")) }
        keyStart = count
    }

    /// Goes to the array's next element.
    mutating func beginElement() throws(BodyStop) {
        let level = top
        let nameEnd = Int(level.nameEnd)
        let start = nameEnd + 1
        if names == .plain && level.elements > 0 {
            // The name is that of the first element, which is still there: what came since was appended to it.
            count = start + nameEnd - Int(level.keyStart)
        } else {
            count = nameEnd
            try append(UInt8(ascii: "."))
            if names == .plain {
                for index in Int(level.keyStart)..<nameEnd { try append(bytes[index]) }
            } else {
                try append("array_")
                try append(decimal: Int(level.elements))
            }
        }
        keyStart = start
        levels[depth - 1].elements &+= 1
    }

    /// Names a value that stands alone.
    mutating func beginScalar() throws(BodyStop) {
        if names == .rooted { try append("json") }
    }

    /// Appends a byte to the current name.
    mutating func append(_ byte: UInt8) throws(BodyStop) {
        if count >= bytes.capacity { throw .limited(.nameLength) }
        bytes[count] = byte
        count &+= 1
    }

    private mutating func append(_ text: StaticString) throws(BodyStop) {
        let text = text.bytes
        for index in text.indices { try append(text[index]) }
    }

    private mutating func append(decimal number: Int) throws(BodyStop) {
        if number >= 10 { try append(decimal: number / 10) }
        try append(UInt8(truncatingIfNeeded: number % 10) &+ 0x30)
    }
}
