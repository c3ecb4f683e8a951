internal import Bytes

/// How processors fill a store.
extension ValueStore {
    /// Appends a byte at the front.
    @inline(__always)
    mutating func append(_ byte: UInt8) throws(BodyStop) {
        if front >= back { throw .limited(.storedBytes) }
        bytes[front] = byte
        front &+= 1
    }

    /// Appends `text` at the front, or as much as there is room for.
    mutating func append(_ text: Span<UInt8>) throws(BodyStop) {
        let count = min(text.count, back &- front)
        bytes.copy(text.extracting(0..<count), at: front)
        front &+= count
        if count < text.count { throw .limited(.storedBytes) }
    }

    /// Appends a copy of what stands in `range`, or as much as there is room for.
    mutating func append(copyOf range: Range<Int>) throws(BodyStop) {
        for index in range { try append(bytes[index]) }
    }

    /// Appends a number in decimal.
    mutating func append(decimal number: Int) throws(BodyStop) {
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var start = 20
        var rest = number
        repeat {
            start &-= 1
            digits[start] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
            rest /= 10
        } while rest > 0
        try append(digits.span.extracting(start..<20))
    }

    /// Enters a value that stands in the arena.
    mutating func add(_ entry: ValueEntry) throws(BodyStop) {
        if count >= entries.capacity { throw .limited(.values) }
        entries[count] = entry
        count &+= 1
    }

    /// Moves what stands from `start` to the front's end to the back, and gives the place where it begins now.
    ///
    /// The two may overlap: the last byte is moved first.
    mutating func moveToBack(from start: Int) -> Int {
        while front > start {
            front &-= 1
            back &-= 1
            bytes[back] = bytes[front]
        }
        return back
    }

    /// Gives the entries from `first` on, which have none yet, their name.
    mutating func setName(_ name: Range<Int>, from first: Int) {
        for index in first..<count {
            let entry = entries[index]
            entries[index] = ValueEntry(entry.kind, entry.type, name: name, value: entry.value, origin: entry.origin)
        }
    }

    /// Moves the end of the last entry's value to the front's end.
    mutating func extendLast(originEnd: Int) {
        let entry = entries[count &- 1]
        entries[count &- 1] = ValueEntry(
            entry.kind, entry.type, name: entry.name, value: entry.value.lowerBound..<front,
            origin: entry.origin.lowerBound..<max(entry.origin.lowerBound, originEnd))
    }
}
