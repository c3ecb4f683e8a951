public import Bytes

/// The bytes of one head and where its fields stand in them.
///
/// Both are allocated once and used again for every message.
public struct FieldTable: ~Copyable {
    @usableFromInline var bytes: Slab<UInt8>
    @usableFromInline var slots: Slab<FieldSlot>
    @usableFromInline var used: Int = 0
    @usableFromInline var present = FieldNameSet()

    /// The number of fields.
    public private(set) var count: Int = 0

    /// Room for `byteCapacity` bytes of head and `fieldCapacity` fields.
    public init(byteCapacity: Int, fieldCapacity: Int) {
        precondition(byteCapacity < Int(UInt32.max))
        bytes = Slab(capacity: byteCapacity, repeating: 0)
        slots = Slab(capacity: fieldCapacity, repeating: .empty)
    }

    /// Forgets everything.
    public mutating func reset() {
        used = 0
        count = 0
        present = FieldNameSet()
    }

    /// Takes a copy of `head`, which the fields' ranges will refer to; false when it does not fit.
    public mutating func store(_ head: Span<UInt8>) -> Bool {
        if head.count > bytes.capacity { return false }
        bytes.copy(head, at: 0)
        used = head.count
        return true
    }

    /// Adds the field whose line `line` describes, in the bytes stored; false when the table is full.
    @inline(__always)
    mutating func append(_ line: FieldLine, name: FieldName) -> Bool {
        if count == slots.capacity || line.end > used || line.nameEnd &- line.start > Int(UInt16.max) { return false }
        slots[count] = FieldSlot(name: name, isHopByHop: FieldNameSet.hopByHop.contains(name), line: line)
        count &+= 1
        if name != .other { present.insert(name) }
        return true
    }

    /// Adds a field that did not come as a line of HTTP/1.1; false when the table is full.
    ///
    /// It is stored in the canonical form, so that it is serialised like every other.
    public mutating func append(name: Span<UInt8>, value: Span<UInt8>) -> Bool {
        let length = name.count + value.count + 4
        if length > bytes.capacity - used { return false }
        let start = used
        let nameEnd = start + name.count
        bytes.copy(name, at: start)
        bytes[nameEnd] = 0x3a
        bytes[nameEnd + 1] = 0x20
        bytes.copy(value, at: nameEnd + 2)
        let valueEnd = nameEnd + 2 + value.count
        bytes[valueEnd] = 0x0d
        bytes[valueEnd + 1] = 0x0a
        used += length
        let line = FieldLine(
            start: start, nameEnd: nameEnd, valueStart: nameEnd + 2, valueEnd: valueEnd, end: valueEnd + 2,
            isTight: true)
        return append(line, name: FieldName(recognising: name))
    }

    /// Gives field `index` another value, which holds no control byte; false when there is no room for it.
    public mutating func replaceValue(of index: Int, with value: Span<UInt8>) -> Bool {
        let slot = slot(index)
        let nameCount = Int(slot.nameCount)
        if nameCount + value.count + 4 > bytes.capacity - used { return false }
        let start = used
        for offset in 0..<nameCount { bytes[start + offset] = bytes[Int(slot.nameStart) + offset] }
        let nameEnd = start + nameCount
        bytes[nameEnd] = 0x3a
        bytes[nameEnd + 1] = 0x20
        bytes.copy(value, at: nameEnd + 2)
        let valueEnd = nameEnd + 2 + value.count
        bytes[valueEnd] = 0x0d
        bytes[valueEnd + 1] = 0x0a
        used = valueEnd + 2
        let line = FieldLine(
            start: start, nameEnd: nameEnd, valueStart: nameEnd + 2, valueEnd: valueEnd, end: used, isTight: true)
        slots[index] = FieldSlot(name: slot.name, isHopByHop: slot.isHopByHop, line: line)
        return true
    }

    /// Whether a field with the recognised name `name` is there.
    @inlinable public func contains(_ name: FieldName) -> Bool { present.contains(name) }

    /// What is known of field `index`.
    @inlinable
    public func slot(_ index: Int) -> FieldSlot {
        precondition(index < count)
        return slots[index]
    }

    /// The name of field `index`, as received.
    @inlinable
    @_lifetime(borrow self)
    public func name(of index: Int) -> Span<UInt8> {
        let slot = slot(index)
        return bytes.span(Int(slot.nameStart), Int(slot.nameStart) + Int(slot.nameCount))
    }

    /// The value of field `index`, without white space around it.
    @inlinable
    @_lifetime(borrow self)
    public func value(of index: Int) -> Span<UInt8> {
        let slot = slot(index)
        return bytes.span(Int(slot.valueStart), Int(slot.valueStart) + Int(slot.valueCount))
    }

    /// The stored bytes of the fields `first...last`, each `name: value` CRLF.
    ///
    /// The fields must be neighbours in the storage: each ``FieldSlot/isTight`` and beginning where the one before
    /// it ends.
    @inlinable
    @_lifetime(borrow self)
    public func lines(from first: Int, through last: Int) -> Span<UInt8> {
        stored(slot(first).lineStart, slot(last).lineEnd)
    }

    /// The bytes stored in `start..<end`.
    @inlinable
    @_lifetime(borrow self)
    public func stored(_ start: Int, _ end: Int) -> Span<UInt8> {
        precondition(end <= used)
        return bytes.span(start, end)
    }

    /// The first field named `name` at or after `start`.
    @inlinable
    public func firstIndex(of name: FieldName, from start: Int = 0) -> Int? {
        if !present.contains(name) { return nil }
        var index = start
        while index < count {
            if slots[index].name == name { return index }
            index &+= 1
        }
        return nil
    }

    /// The first field whose name equals `name`, letter case aside, at or after `start`.
    public func firstIndex(named name: Span<UInt8>, from start: Int = 0) -> Int? {
        var index = start
        while index < count {
            if ASCII.equalIgnoringCase(self.name(of: index), name) { return index }
            index += 1
        }
        return nil
    }
}
