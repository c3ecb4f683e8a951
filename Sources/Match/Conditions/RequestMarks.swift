import Bytes
import HTTPModel

/// What most conditions that do not hold fail by already: a word of the request, some of whose bits would have to be
/// others.
enum ConditionGate: UInt8, BitwiseCopyable {
    /// There is none: the test itself decides.
    case open
    /// The first and the last eight bytes of the path, the query and the host, see `Span.firstWord`.
    case pathStart, pathEnd, queryStart, queryEnd, hostStart, hostEnd
    /// A bit for each name that a field, a cookie, a parameter has: of recognised names their number, of others
    /// ``RequestMarks/bit(ofName:)``.
    case recognisedFields, otherFields, cookies, parameters
}

/// The words of the request at hand that ``ConditionGate`` names, each found out when a condition first asks for it, and
/// where its fields are.
struct RequestMarks: BitwiseCopyable {
    private var words = InlineArray<11, UInt64>(repeating: 0)

    /// A bit for each word that is known.
    private var known: UInt64 = 0

    /// For recognised names that the head has, the number of the first line.
    private var lines = InlineArray<64, UInt8>(repeating: 0)

    /// Names that one line does not tell all about: several lines have it, or `Connection` nominates it.
    private var irregular = FieldNameSet()

    init() {}

    /// Another request comes.
    mutating func forget() { known = 0 }

    @inline(__always)
    func knows(_ gate: ConditionGate) -> Bool { known &>> UInt64(gate.rawValue) & 1 != 0 }

    /// The word that `gate` names, once it is known.
    @inline(__always)
    func word(_ gate: ConditionGate) -> UInt64 { words[Int(gate.rawValue)] }

    /// One of 64 bits for a name. Names that differ in letter case alone have the same.
    static func bit(ofName name: Span<UInt8>) -> UInt64 {
        let word = (name.firstWord | 0x2020_2020_2020_2020) ^ UInt64(truncatingIfNeeded: name.count)
        return 1 &<< (word &* 0x9e37_79b9_7f4a_7c15 &>> 58)
    }

    /// The only line with the recognised name `name`, which the head has; nil when there are several or it is not
    /// forwarded.
    @inline(__always)
    mutating func onlyLine(of name: FieldName, in head: borrowing RequestHead) -> Int? {
        if !knows(.recognisedFields) { readFields(of: head) }
        return irregular.contains(name) ? nil : Int(lines[Int(name.rawValue)])
    }

    /// Finds out the word that `gate` names, and those that are found on the way. `query` is for the parameters.
    @inline(never)
    mutating func read(_ gate: ConditionGate, of head: borrowing RequestHead, _ query: inout DecodedQuery) {
        switch gate {
        case .open: break
        case .pathStart: note(.pathStart, head.path.firstWord)
        case .pathEnd: note(.pathEnd, head.path.lastWord)
        case .queryStart: note(.queryStart, head.query.firstWord)
        case .queryEnd: note(.queryEnd, head.query.lastWord)
        case .hostStart: note(.hostStart, head.host.firstWord)
        case .hostEnd: note(.hostEnd, head.host.lastWord)
        case .recognisedFields, .otherFields: readFields(of: head)
        case .cookies: readCookies(of: head)
        case .parameters:
            if !query.isCurrent { query.decode(head.query) }
            note(.parameters, query.nameBits)
        }
    }

    private mutating func note(_ gate: ConditionGate, _ word: UInt64) {
        words[Int(gate.rawValue)] = word
        known |= 1 &<< UInt64(gate.rawValue)
    }

    @inline(never)
    private mutating func readFields(of head: borrowing RequestHead) {
        var recognised: UInt64 = 0
        var others: UInt64 = 0
        irregular = FieldNameSet()
        for line in 0..<head.fieldCount {
            let slot = head.field(line)
            if slot.name == .other || slot.name == .xForwardedOther {
                others |= RequestMarks.bit(ofName: head.name(of: line))
                continue
            }
            let bit: UInt64 = 1 &<< UInt64(slot.name.rawValue)
            let isNominated = slot.isHopByHop && !FieldNameSet.hopByHop.contains(slot.name)
            if recognised & bit != 0 || isNominated || line > Int(UInt8.max) { irregular.insert(slot.name) }
            recognised |= bit
            lines[Int(slot.name.rawValue)] = UInt8(truncatingIfNeeded: line)
        }
        note(.recognisedFields, recognised)
        note(.otherFields, others)
    }

    private mutating func readCookies(of head: borrowing RequestHead) {
        var bits: UInt64 = 0
        var cursor = ValueCursor()
        while cursor.advanceToCookie(in: head) {
            let line = head.value(of: cursor.line)
            bits |= RequestMarks.bit(ofName: line.extracting(cursor.nameStart..<cursor.nameEnd))
        }
        note(.cookies, bits)
    }
}
