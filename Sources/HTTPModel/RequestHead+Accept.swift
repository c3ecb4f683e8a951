internal import Bytes

extension RequestHead {
    /// Whether the client would rather have JSON than HTML (RFC 9110 section 12.5.1). Wildcards speak for neither.
    public var prefersJSON: Bool {
        var json = -1
        var html = -1
        var start = 0
        while let index = firstIndex(of: .accept, from: start) {
            start = index + 1
            let value = value(of: index)
            // Browsers say a lot here, and none of it: both ways to name JSON hold its last three letters.
            if !MediaRange.mayNameJSON(value) { continue }
            var list = ListCursor(end: value.count)
            while list.advance(in: value) {
                let member = value.extracting(list.memberStart..<list.memberEnd)
                let type = member.extracting(0..<MediaRange.endOfType(member))
                if MediaRange.isJSON(type) { json = max(json, MediaRange.quality(member)) }
                if MediaRange.isHTML(type) { html = max(html, MediaRange.quality(member)) }
            }
        }
        return json > 0 && json > html
    }
}

/// One member of an `Accept` field.
private enum MediaRange {
    /// Whether `son` stands in `value`, in either letter case.
    static func mayNameJSON(_ value: Span<UInt8>) -> Bool {
        var position = 0
        while position &+ 2 < value.count {
            if value[position] | 0x20 == 0x73 && value[position &+ 1] | 0x20 == 0x6f && value[position &+ 2] | 0x20 == 0x6e {
                return true
            }
            position &+= 1
        }
        return false
    }

    static func endOfType(_ member: Span<UInt8>) -> Int {
        var end = ByteSearch.first(0x3b, in: member, from: 0)
        while end > 0 && (member[end - 1] == 0x20 || member[end - 1] == 0x09) { end -= 1 }
        return end
    }

    static func isJSON(_ type: Span<UInt8>) -> Bool {
        if ASCII.equalIgnoringCase(type, "application/json") { return true }
        let suffix: StaticString = "+json"
        let start = type.count - suffix.utf8CodeUnitCount
        return start > 0 && ASCII.equalIgnoringCase(type.extracting(start..<type.count), suffix)
    }

    static func isHTML(_ type: Span<UInt8>) -> Bool {
        ASCII.equalIgnoringCase(type, "text/html") || ASCII.equalIgnoringCase(type, "application/xhtml+xml")
    }

    /// The weight of `member` in thousandths; 1,000 when it gives none, 0 when it gives something else.
    static func quality(_ member: Span<UInt8>) -> Int {
        var position = ByteSearch.first(0x3b, in: member, from: 0)
        while position < member.count {
            position += 1
            while position < member.count && (member[position] == 0x20 || member[position] == 0x09) { position += 1 }
            let end = ByteSearch.first(0x3b, in: member, from: position)
            let parameter = member.extracting(position..<end)
            if parameter.count > 2 && parameter[0] | 0x20 == 0x71 && parameter[1] == 0x3d {
                return thousandths(parameter.extracting(2..<parameter.count))
            }
            position = end
        }
        return 1_000
    }

    /// `qvalue` of RFC 9110 section 12.4.2.
    private static func thousandths(_ text: Span<UInt8>) -> Int {
        var end = text.count
        while end > 0 && (text[end - 1] == 0x20 || text[end - 1] == 0x09) { end -= 1 }
        if end == 0 || end > 5 || text[0] > 0x31 || text[0] < 0x30 { return 0 }
        if end > 1 && text[1] != 0x2e { return 0 }
        var value = Int(text[0] - 0x30) * 1_000
        var weight = 100
        for index in 2..<max(end, 2) {
            if !ASCII.isDigit(text[index]) { return 0 }
            value += Int(text[index] - 0x30) * weight
            weight /= 10
        }
        return min(value, 1_000)
    }
}
