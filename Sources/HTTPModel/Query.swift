internal import Bytes

/// The rules of a query, which is forwarded as received.
enum Query {
    /// Refuses `query`, which stands without its `?`, when it holds what `rules` do not allow.
    static func validate(_ query: Span<UInt8>, rules: TargetRules) throws(Reason) {
        var index = 0
        while index < query.count {
            let byte = query[index]
            if byte == 0x25 {
                if !rules.allowsInvalidPercentInQuery && !isEncoded(query, at: index) { throw .queryPercent }
            } else if !rules.allowsInQuery(byte) {
                throw .queryCharacter
            }
            index &+= 1
        }
    }

    private static func isEncoded(_ query: Span<UInt8>, at index: Int) -> Bool {
        query.count &- index >= 3 && ASCII.hexadecimalValue(query[index &+ 1]) != nil
            && ASCII.hexadecimalValue(query[index &+ 2]) != nil
    }
}
