/// Writes the binary image of a plan: little-endian numbers, and texts and lists with their count before them.
struct ImageWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: UInt8) { bytes.append(value) }

    mutating func write(_ value: UInt16) { write(value, byteCount: 2) }

    mutating func write(_ value: UInt32) { write(value, byteCount: 4) }

    mutating func write(_ value: UInt64) { write(value, byteCount: 8) }

    /// Writes a number that stands for something in the plan, or counts it, in four bytes.
    mutating func write(number: Int) { write(UInt32(number)) }

    mutating func write(_ flag: Bool) { write(flag ? 1 as UInt8 : 0) }

    mutating func write(_ text: [UInt8]) {
        write(number: text.count)
        bytes += text
    }

    /// Writes which of several kinds follows, and its text.
    mutating func write(_ kind: UInt8, _ text: [UInt8]) {
        write(kind)
        write(text)
    }

    mutating func write(_ text: String) { write(Array(text.utf8)) }

    mutating func write<Element>(list: [Element], _ writeElement: (inout ImageWriter, Element) -> Void) {
        write(number: list.count)
        for element in list { writeElement(&self, element) }
    }

    /// Writes whether `value` is there, and then the value.
    mutating func write<Value>(optional value: Value?, _ writeValue: (inout ImageWriter, Value) -> Void) {
        write(value != nil)
        if let value { writeValue(&self, value) }
    }

    private mutating func write(_ value: some FixedWidthInteger, byteCount: Int) {
        for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}
