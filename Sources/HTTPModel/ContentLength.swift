internal import Bytes

/// The value of `Content-Length` (RFC 9110 section 8.6).
enum ContentLength {
    /// The number that `value` is; nil when it is not made of digits alone or too large.
    static func read(_ value: Span<UInt8>) -> UInt64? {
        if value.count == 0 { return nil }
        var length: UInt64 = 0
        for index in value.indices {
            if !ASCII.isDigit(value[index]) { return nil }
            let (tenfold, overflows) = length.multipliedReportingOverflow(by: 10)
            let (sum, carries) = tenfold.addingReportingOverflow(UInt64(value[index] &- 0x30))
            if overflows || carries { return nil }
            length = sum
        }
        // Offsets into a body are signed everywhere else.
        return length <= UInt64(Int64.max) ? length : nil
    }
}
