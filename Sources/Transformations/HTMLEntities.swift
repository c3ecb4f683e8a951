import Bytes

/// `&#DDD;`, `&#xHH;` and five names; the semicolon may be missing. The low byte of the number is what is written.
enum HTMLEntities {
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            guard input[index] == 0x26 else {
                writer.append(input[index])
                index += 1
                continue
            }
            let end = entityEnd(input, after: index)
            if let byte = byte(input.extracting(index + 1..<end)) {
                writer.append(byte)
                index = end < input.count && input[end] == 0x3b ? end + 1 : end
            } else {
                writer.append(input.extracting(index..<end))
                index = end
            }
        }
    }

    /// Where what can belong to the entity that starts at `index` ends.
    private static func entityEnd(_ input: Span<UInt8>, after index: Int) -> Int {
        var end = index + 1
        if end < input.count && input[end] == 0x23 {
            end += 1
            let isHexadecimal = end < input.count && input[end] | 0x20 == 0x78
            if isHexadecimal { end += 1 }
            while end < input.count
                && (isHexadecimal ? ASCII.hexadecimalValue(input[end]) != nil : ASCII.isDigit(input[end]))
            { end += 1 }
        } else {
            while end < input.count && (ASCII.isLetter(input[end]) || ASCII.isDigit(input[end])) { end += 1 }
        }
        return end
    }

    /// What the text between `&` and `;` stands for.
    private static func byte(_ name: Span<UInt8>) -> UInt8? {
        if name.isEmpty { return nil }
        if name[0] == 0x23 {
            let isHexadecimal = name.count > 1 && name[1] | 0x20 == 0x78
            let digits = name.extracting((isHexadecimal ? 2 : 1)..<name.count)
            return digits.isEmpty ? nil : number(digits, base: isHexadecimal ? 16 : 10)
        }
        if ASCII.equalIgnoringCase(name, "quot") { return 0x22 }
        if ASCII.equalIgnoringCase(name, "amp") { return 0x26 }
        if ASCII.equalIgnoringCase(name, "lt") { return 0x3c }
        if ASCII.equalIgnoringCase(name, "gt") { return 0x3e }
        if ASCII.equalIgnoringCase(name, "nbsp") { return 0xa0 }
        return nil
    }

    /// The low byte of the number, which stays at the largest that 64 bits can hold, as `strtol` has it.
    private static func number(_ digits: Span<UInt8>, base: Int) -> UInt8 {
        var value = 0
        for index in digits.indices {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: base)
            let (sum, overflow) = product.addingReportingOverflow(Int(ASCII.hexadecimalValue(digits[index]) ?? 0))
            if tooLarge || overflow { return 0xff }
            value = sum
        }
        return UInt8(truncatingIfNeeded: value)
    }
}
