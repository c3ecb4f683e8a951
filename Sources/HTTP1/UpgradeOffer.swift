internal import Bytes
internal import HTTPModel

/// The protocols that an `Upgrade` field offered, and whether an answer keeps to them (RFC 9110 section 7.8).
public enum UpgradeOffer {
    /// Whether a server that answers 101 with the `Upgrade` value `agreed` names at least one protocol, and none that
    /// was not offered in `head`, which ``RequestSerializer`` wrote.
    ///
    /// Protocols are compared with their versions and without letter case: a server that leaves the version off, or
    /// puts one on, has agreed to something else.
    public static func contains(_ agreed: Span<UInt8>, in head: Span<UInt8>) -> Bool {
        let offered = value(in: head)
        if offered.isEmpty { return false }
        var answers = ListCursor(end: agreed.count)
        var isNamed = false
        while answers.advance(in: agreed) {
            let answer = agreed.extracting(answers.memberStart..<answers.memberEnd)
            if !isMember(answer, of: head, offered) { return false }
            isNamed = true
        }
        return isNamed
    }

    private static func isMember(_ name: Span<UInt8>, of head: Span<UInt8>, _ list: Range<Int>) -> Bool {
        var offers = ListCursor(end: list.upperBound, from: list.lowerBound)
        while offers.advance(in: head) {
            if ASCII.equalIgnoringCase(head.extracting(offers.memberStart..<offers.memberEnd), name) { return true }
        }
        return false
    }

    /// Where the value stands. The serializer puts the field last: its line ends with the head.
    private static func value(in head: Span<UInt8>) -> Range<Int> {
        let name = RequestSerializer.upgradeOpening.bytes
        let end = head.count - 4
        if end < 0 { return 0..<0 }
        var start = end
        while start > 0 && head[start - 1] != 0x0a { start -= 1 }
        if end - start < name.count || !ASCII.equal(head.extracting(start..<(start + name.count)), name) {
            return 0..<0
        }
        return (start + name.count)..<end
    }
}
