import HTTPModel
import Plan

/// Lays out what a ``SplitTable`` holds.
struct SplitTableBuilder {
    private(set) var entries: [SplitTable.Entry] = []
    private(set) var shares: [SplitTable.Share] = []
    private(set) var forced: [SplitTable.Forced] = []
    private(set) var text: [UInt8] = []

    mutating func add(_ split: Split) {
        var entry = SplitTable.Entry()
        switch split.key {
        case .cookie(let name):
            entry.key = .cookie
            entry.name = place(name)
        case .header(let name):
            entry.key = .header
            entry.name = place(name)
            let tag = FieldName(recognising: name.span)
            entry.header = tag == .xForwardedOther ? .other : tag
        case .client: entry.key = .client
        case .random: entry.key = .random
        }
        entry.shares = TextPlace(start: shares.count, count: split.shares.count)
        entry.forced = TextPlace(start: forced.count, count: split.forced.count)
        var end: UInt32 = 0
        for share in split.shares {
            end += share.portion
            shares.append(SplitTable.Share(end: end, pool: UInt32(share.pool)))
        }
        for value in split.forced {
            forced.append(SplitTable.Forced(value: place(value.value), pool: UInt32(value.pool)))
        }
        entries.append(entry)
    }

    private mutating func place(_ bytes: [UInt8]) -> TextPlace {
        text += bytes
        return TextPlace(start: text.count - bytes.count, count: bytes.count)
    }
}
