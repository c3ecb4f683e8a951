/// Reads the binary image of a plan and trusts none of it: every count is compared with its bound and with the bytes
/// that are left before anything is made of it. `part` names what is read, for the error.
struct ImageReader: ~Escapable {
    private let bytes: Span<UInt8>
    private var position = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// The bytes that were not read yet.
    var remaining: Int { bytes.count - position }

    mutating func byte(_ part: String) throws(PlanError) -> UInt8 {
        if remaining < 1 { throw .truncated(part) }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ part: String, as type: Value.Type = Value.self
    ) throws(PlanError) -> Value {
        var value: Value = 0
        for index in 0..<MemoryLayout<Value>.size { value |= Value(try byte(part)) << Value(8 * index) }
        return value
    }

    /// A number below `count`, which stands for one of that many things.
    mutating func reference(_ part: String, below count: Int) throws(PlanError) -> Int {
        let number = Int(try integer(part, as: UInt32.self))
        if number >= count { throw .badReference(part) }
        return number
    }

    mutating func flag(_ part: String) throws(PlanError) -> Bool {
        let value = try byte(part)
        if value > 1 { throw .outOfRange(part) }
        return value == 1
    }

    /// One of the cases of `Value`.
    mutating func choice<Value: RawRepresentable>(
        _ part: String, as type: Value.Type = Value.self
    ) throws(PlanError) -> Value where Value.RawValue: FixedWidthInteger & UnsignedInteger {
        guard let value = Value(rawValue: try integer(part)) else { throw .outOfRange(part) }
        return value
    }

    /// At most `limit` bytes.
    mutating func octets(_ part: String, limit: Int) throws(PlanError) -> [UInt8] {
        let count = try self.count(part, in: 0...limit)
        if count > remaining { throw .truncated(part) }
        var octets: [UInt8] = []
        octets.reserveCapacity(count)
        for index in position..<position + count { octets.append(bytes[index]) }
        position += count
        return octets
    }

    /// A text of 1 to `limit` bytes without control characters.
    mutating func text(_ part: String, limit: Int) throws(PlanError) -> String {
        let octets = try octets(part, limit: limit)
        guard PlanText.isPrintable(octets), let text = String(validating: octets, as: UTF8.self) else {
            throw .badText(part)
        }
        return text
    }

    mutating func list<Element>(
        _ part: String, in range: ClosedRange<Int>,
        _ element: (inout ImageReader) throws(PlanError) -> Element
    ) throws(PlanError) -> [Element] {
        let count = try self.count(part, in: range)
        var elements: [Element] = []
        // Every element takes at least a byte: a count alone never reserves more than the image is long.
        elements.reserveCapacity(min(count, remaining))
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    mutating func optional<Value>(
        _ part: String, _ value: (inout ImageReader) throws(PlanError) -> Value
    ) throws(PlanError) -> Value? {
        try flag(part) ? try value(&self) : nil
    }

    /// A number below `count`, which stands for one of that many things, or nothing.
    mutating func reference(optional part: String, below count: Int) throws(PlanError) -> Int? {
        try flag(part) ? try reference(part, below: count) : nil
    }

    /// The name that a policy gives to a block, or nothing.
    mutating func name(optional part: String) throws(PlanError) -> String? {
        try flag(part) ? try text(part, limit: PlanBounds.name) : nil
    }

    private mutating func count(_ part: String, in range: ClosedRange<Int>) throws(PlanError) -> Int {
        let count = Int(try integer(part, as: UInt32.self))
        if !range.contains(count) { throw .badCount(part) }
        return count
    }
}
