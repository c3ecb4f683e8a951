internal import Bytes

/// Decodes the field blocks of one connection (RFC 7541), one field at a time.
///
/// Its only memory is the dynamic table, allocated once for its hard cap. What a block may decode to is bounded
/// before it is written anywhere: see ``FieldSection/limit``.
public struct HPACKDecoder: ~Copyable {
    private var table: DynamicTable
    /// What a size update may ask for.
    private var allowed: Int
    private var needsUpdate = false
    private var updates = 0
    private var isAtStart = true

    /// The dynamic table that every connection begins with (RFC 9113 section 6.5.2).
    public static var initialTableSize: Int { 4_096 }

    /// How many size updates a block may begin with: the smallest size there was, and the last (RFC 7541 section 4.2).
    static var mostUpdates: Int { 2 }

    /// What comes next in a block.
    public enum Step: BitwiseCopyable, Equatable, Sendable {
        /// A field.
        case field(DecodedField)
        /// A field that was left out, because the section is over its limit.
        case omitted
        /// The block is done.
        case end
    }

    /// A decoder whose table never takes more than `tableCapacity` octets. Smaller than ``initialTableSize`` it
    /// cannot be, because the other end may use that until it has acknowledged a smaller one.
    public init(tableCapacity: Int = HPACKDecoder.initialTableSize) {
        table = DynamicTable(capacity: max(tableCapacity, HPACKDecoder.initialTableSize))
        allowed = HPACKDecoder.initialTableSize
        table.resize(to: allowed)
    }

    /// Bytes that a decoder with such a table allocates.
    public static func memory(tableCapacity: Int) -> Int {
        DynamicTable.memory(capacity: max(tableCapacity, initialTableSize))
    }

    /// The other end has acknowledged a SETTINGS_HEADER_TABLE_SIZE of `size`, which is not above the capacity.
    public mutating func limitTable(to size: Int) {
        precondition(size >= 0 && size <= table.capacity)
        allowed = size
        needsUpdate = table.maximum > size
    }

    /// Octets in the dynamic table, as RFC 7541 section 4.1 counts them.
    public var tableSize: Int { table.size }

    /// Begins a new block.
    public mutating func beginBlock() {
        isAtStart = true
        updates = 0
    }

    /// Decodes the field at `position` of `block`, which holds a whole block, into `section`, and moves behind it.
    ///
    /// - Throws: after which the decoder cannot be used any more.
    public mutating func next(
        in block: Span<UInt8>, at position: inout Int, into section: inout FieldSection
    ) throws(HPACKFault) -> Step {
        while position < block.count {
            let first = block[position]
            if first & 0xe0 != 0x20 {
                if needsUpdate { throw .tableSizeMissing }
                isAtStart = false
                return try field(first, block, &position, &section)
            }
            try updateSize(block, &position)
        }
        return .end
    }

    private mutating func updateSize(_ block: Span<UInt8>, _ position: inout Int) throws(HPACKFault) {
        if !isAtStart || updates == HPACKDecoder.mostUpdates { throw .tableSizePlace }
        updates &+= 1
        let size = try HPACKInteger.read(block, at: &position, prefix: 5)
        if size > allowed { throw .tableSize }
        table.resize(to: size)
        needsUpdate = false
    }

    /// One of the representations of a field (RFC 7541 sections 6.1 and 6.2).
    private mutating func field(
        _ first: UInt8, _ block: Span<UInt8>, _ position: inout Int, _ section: inout FieldSection
    ) throws(HPACKFault) -> Step {
        if first & 0x80 != 0 {
            let index = try HPACKInteger.read(block, at: &position, prefix: 7)
            return try indexed(index, &section)
        }
        let isIndexing = first & 0x40 != 0
        let index = try HPACKInteger.read(block, at: &position, prefix: isIndexing ? 6 : 4)
        return try literal(
            index, isIndexing: isIndexing, isNeverIndexed: first & 0xf0 == 0x10, block, &position, &section)
    }

    private mutating func indexed(_ index: Int, _ section: inout FieldSection) throws(HPACKFault) -> Step {
        let (nameCount, valueCount) = try counts(of: index)
        let start = section.used
        if !section.admit(nameCount &+ valueCount) { return .omitted }
        copyName(of: index, to: &section, at: start)
        copyValue(of: index, to: &section, at: start &+ nameCount &+ 2)
        return .field(section.close(nameCount, valueCount, isNeverIndexed: false))
    }

    private mutating func literal(
        _ index: Int, isIndexing: Bool, isNeverIndexed: Bool,
        _ block: Span<UInt8>, _ position: inout Int, _ section: inout FieldSection
    ) throws(HPACKFault) -> Step {
        let start = section.used
        // What is over the section's limit is decoded only as far as the table needs it.
        let room = max(section.room, isIndexing ? table.maximum &- DynamicTable.overhead : 0, 0)
        var nameCount = 0
        if index > 0 {
            nameCount = try counts(of: index).name
            if nameCount <= room { copyName(of: index, to: &section, at: start) }
        } else {
            nameCount = try string(block, &position, into: &section, at: start, limit: start &+ room)
        }
        let valueStart = start &+ nameCount &+ 2
        let valueCount = try string(
            block, &position, into: &section, at: valueStart, limit: start &+ room &+ 2)
        if isIndexing { insert(start, nameCount, valueCount, section) }
        if !section.admit(nameCount &+ valueCount) { return .omitted }
        return .field(section.close(nameCount, valueCount, isNeverIndexed: isNeverIndexed))
    }

    /// Puts the field that was decoded to `start` into the table.
    private mutating func insert(
        _ start: Int, _ nameCount: Int, _ valueCount: Int, _ section: borrowing FieldSection
    ) {
        if nameCount &+ valueCount &+ DynamicTable.overhead > table.maximum {
            table.clear()
            return
        }
        let valueStart = start &+ nameCount &+ 2
        table.insert(
            name: section.bytes.span(start, start &+ nameCount),
            value: section.bytes.span(valueStart, valueStart &+ valueCount))
    }

    /// A string literal (RFC 7541 section 5.2), written to `start` unless it does not fit below `limit`.
    ///
    /// - Returns: its length, decoded.
    private func string(
        _ block: Span<UInt8>, _ position: inout Int, into section: inout FieldSection, at start: Int, limit: Int
    ) throws(HPACKFault) -> Int {
        if position >= block.count { throw .truncated }
        let isHuffman = block[position] & 0x80 != 0
        let count = try HPACKInteger.read(block, at: &position, prefix: 7)
        if count > block.count &- position { throw .truncated }
        let text = block.extracting(position..<position &+ count)
        position &+= count
        if isHuffman {
            return try HuffmanCode.shared.decode(text, into: &section.bytes, at: start, limit: limit)
        }
        if count <= limit &- start { section.bytes.copy(text, at: start) }
        return count
    }

    // The two tables have one range of indexes (RFC 7541 section 2.3.3).

    private func counts(of index: Int) throws(HPACKFault) -> (name: Int, value: Int) {
        if index == 0 { throw .index }
        if index <= StaticTable.count {
            let entry = StaticTable.entry(index)
            return (entry.name.utf8CodeUnitCount, entry.value.utf8CodeUnitCount)
        }
        guard let entry = table.entry(index &- StaticTable.count &- 1) else { throw .index }
        return (Int(entry.nameCount), Int(entry.valueCount))
    }

    private func copyName(of index: Int, to section: inout FieldSection, at place: Int) {
        if index <= StaticTable.count {
            section.bytes.copy(StaticTable.entry(index).name.bytes, at: place)
        } else if let entry = table.entry(index &- StaticTable.count &- 1) {
            table.copy(from: Int(entry.start), count: Int(entry.nameCount), to: &section.bytes, at: place)
        }
    }

    private func copyValue(of index: Int, to section: inout FieldSection, at place: Int) {
        if index <= StaticTable.count {
            section.bytes.copy(StaticTable.entry(index).value.bytes, at: place)
        } else if let entry = table.entry(index &- StaticTable.count &- 1) {
            let start = Int(entry.start) &+ Int(entry.nameCount)
            table.copy(
                from: start >= table.capacity ? start &- table.capacity : start, count: Int(entry.valueCount),
                to: &section.bytes, at: place)
        }
    }
}
