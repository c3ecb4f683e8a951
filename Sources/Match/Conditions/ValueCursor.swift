import Bytes
import HTTPModel

/// Walks over the values of a field that may have several.
struct ValueCursor: BitwiseCopyable {
    /// The number of the field line that the value stands in; for values of a head.
    var line = -1

    /// Where the value stands: in the value of its line, or in the decoded query.
    var start = 0
    var end = 0

    /// Where the name of a cookie stands in the value of its line.
    private(set) var nameStart = 0
    private(set) var nameEnd = 0

    /// Where the search goes on.
    var next = 0

    /// Goes on to the next line named as `test` says. A field that `Connection` nominates is passed over: it is not
    /// forwarded, and so the condition does not see it.
    mutating func advance(to header: FieldName, _ name: Span<UInt8>, in head: borrowing RequestHead) -> Bool {
        var index = line &+ 1
        while index < head.fieldCount {
            let found =
                header == .other ? head.firstIndex(named: name, from: index) : head.firstIndex(of: header, from: index)
            guard let found else { return false }
            let slot = head.field(found)
            if !slot.isHopByHop || FieldNameSet.hopByHop.contains(slot.name) {
                line = found
                start = 0
                end = head.value(of: found).count
                return true
            }
            index = found &+ 1
        }
        return false
    }

    /// Goes on to the next cookie named `name` (RFC 6265 section 4.2.1). A pair without `=` is a name without a value.
    mutating func advance(toCookie name: Span<UInt8>, in head: borrowing RequestHead) -> Bool {
        while advanceToCookie(in: head) {
            if head.value(of: line).extracting(nameStart..<nameEnd).equals(name) { return true }
        }
        return false
    }

    /// Goes on to the next cookie.
    mutating func advanceToCookie(in head: borrowing RequestHead) -> Bool {
        while true {
            if line >= 0 {
                let value = head.value(of: line)
                if next < value.count {
                    takePair(of: value)
                    return true
                }
            }
            guard let found = head.firstIndex(of: .cookie, from: line &+ 1) else { return false }
            line = found
            next = 0
        }
    }

    /// Reads the pair at ``next``.
    private mutating func takePair(of line: Span<UInt8>) {
        var first = next
        let stop = ByteSearch.first(0x3b, in: line, from: first)
        next = stop &+ 1
        while first < stop && ValueCursor.isBlank(line[first]) { first &+= 1 }
        var last = stop
        while last > first && ValueCursor.isBlank(line[last &- 1]) { last &-= 1 }
        // Within the pair alone: a line of pairs without `=` would otherwise be read to its end for each.
        let equals = first &+ ByteSearch.first(0x3d, in: line.extracting(first..<last), from: 0)
        nameStart = first
        nameEnd = equals
        while nameEnd > first && ValueCursor.isBlank(line[nameEnd &- 1]) { nameEnd &-= 1 }
        start = min(equals &+ 1, last)
        while start < last && ValueCursor.isBlank(line[start]) { start &+= 1 }
        end = last
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
