import Plan

/// Reads compiled time zones (RFC 9636, version 2 and later).
///
/// The transitions in the file come first; behind the last of them its footer says what goes on, year by year.
struct ZoneFile {
    /// Where the system's time zones are.
    static let folder = "/usr/share/zoneinfo/"

    /// Years for which a zone is compiled.
    private static let years = 10

    private let bytes: [UInt8]
    private var position = 0

    /// Whether `name` can be the name of a zone: parts of letters, digits and `_ + -`, with slashes between them.
    static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return name.utf8.count <= PlanBounds.name && parts.count <= 3
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                            || "_+-".utf8.contains(byte)
                    }
            }
    }

    /// The zone that `contents` describe, for ten years from `start`, in seconds since 1970-01-01 00:00 UTC; nil when
    /// they describe none.
    static func zone(_ name: String, _ contents: [UInt8], from start: Int64) -> Zone? {
        var file = ZoneFile(bytes: contents)
        guard let body = file.readBody() else { return nil }
        let end = start + Int64(years) * 366 * 86_400
        var all = body.transitions
        if let rule = ZoneRule(body.footer) {
            let last = all.last?.start ?? .min
            all += rule.transitions(from: start, through: end).filter { $0.start > last }
        } else if all.isEmpty && body.offsets.isEmpty {
            return nil
        }
        all = all.filter { $0.start <= end }
        // The last one before the start holds at the start.
        let first = all.lastIndex { $0.start <= start } ?? 0
        var kept: [Zone.Transition] = []
        for transition in all[first...] where transition.offset != kept.last?.offset { kept.append(transition) }
        if kept.isEmpty { kept = [Zone.Transition(start: 0, offset: body.offsets.first ?? 0)] }
        let isSound =
            kept.count <= PlanBounds.transitions && kept.allSatisfy { PlanBounds.zoneOffset.contains($0.offset) }
            && zip(kept, kept.dropFirst()).allSatisfy { $0.start < $1.start }
        return isSound ? Zone(name: name, transitions: kept) : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The counts of a header (RFC 9636 section 3.1).
    private struct Header {
        let version: UInt8
        let utIndicators: Int
        let standardIndicators: Int
        let leapSeconds: Int
        let transitions: Int
        let types: Int
        let characters: Int
    }

    private struct ZoneBody {
        var transitions: [Zone.Transition]
        var offsets: [Int32]
        var footer: String
    }

    /// The second data block, whose times have 64 bits, and the footer.
    private mutating func readBody() -> ZoneBody? {
        guard let first = readHeader(), first.version >= UInt8(ascii: "2") else { return nil }
        skip(
            first.transitions * 5 + first.types * 6 + first.characters + first.leapSeconds * 8
                + first.standardIndicators + first.utIndicators)
        guard let header = readHeader() else { return nil }
        var times: [Int64] = []
        for _ in 0..<header.transitions {
            guard let time = readInteger(8) else { return nil }
            times.append(time)
        }
        var types: [Int] = []
        for _ in 0..<header.transitions {
            guard let type = readInteger(1), type >= 0, type < header.types else { return nil }
            types.append(Int(type))
        }
        var offsets: [Int32] = []
        for _ in 0..<header.types {
            guard let offset = readInteger(4), readInteger(2) != nil else { return nil }
            offsets.append(Int32(truncatingIfNeeded: offset))
        }
        skip(header.characters + header.leapSeconds * 12 + header.standardIndicators + header.utIndicators)
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\n") else { return nil }
        let footer = bytes[(position + 1)...].prefix { $0 != UInt8(ascii: "\n") }
        return ZoneBody(
            transitions: zip(times, types).map { Zone.Transition(start: $0, offset: offsets[$1]) }, offsets: offsets,
            footer: String(decoding: footer, as: UTF8.self))
    }

    private mutating func readHeader() -> Header? {
        guard bytes.count - position >= 44, bytes[position..<(position + 4)].elementsEqual("TZif".utf8) else {
            return nil
        }
        let version = bytes[position + 4]
        skip(20)
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = readInteger(4), (0...100_000).contains(count) else { return nil }
            counts.append(Int(count))
        }
        return Header(
            version: version, utIndicators: counts[0], standardIndicators: counts[1], leapSeconds: counts[2],
            transitions: counts[3], types: counts[4], characters: counts[5])
    }

    private mutating func skip(_ count: Int) { position = min(position + count, bytes.count) }

    /// A signed number in network order; of one byte, an unsigned one.
    private mutating func readInteger(_ count: Int) -> Int64? {
        if bytes.count - position < count { return nil }
        var value: Int64 = count > 1 && bytes[position] >= 0x80 ? -1 : 0
        for _ in 0..<count {
            value = value << 8 | Int64(bytes[position])
            position += 1
        }
        return value
    }
}
