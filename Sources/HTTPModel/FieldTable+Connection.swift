internal import Bytes

extension FieldTable {
    /// Reads all `Connection` fields and marks every field they nominate as hop-by-hop.
    ///
    /// - Parameter limit: how many options are read.
    mutating func applyConnection(limit: Int) -> ConnectionOptions {
        var options = ConnectionOptions()
        var count = 0
        var field = 0
        while let index = firstIndex(of: .connection, from: field) {
            field = index + 1
            // What nearly every message says.
            if ASCII.equalIgnoringCase(value(of: index), "keep-alive") {
                count += 1
                options.insert(count > limit ? .tooMany : .keepAlive)
                continue
            }
            let start = Int(slots[index].valueStart)
            var list = ListCursor(end: start + Int(slots[index].valueCount), from: start)
            while list.advance(in: bytes.span(0, used)) {
                count += 1
                if count > limit {
                    options.insert(.tooMany)
                    return options
                }
                if !ListCursor.isToken(bytes.span(list.memberStart, list.memberEnd)) {
                    options.insert(.malformed)
                    return options
                }
                options.formUnion(nominate(list.memberStart, list.memberEnd))
            }
        }
        return options
    }

    /// Marks the fields named by the stored token in `start..<end`, and says what else the token means.
    private mutating func nominate(_ start: Int, _ end: Int) -> ConnectionOptions {
        if ASCII.tokenEquals(bytes.span(start, end), "close") { return .close }
        let name = FieldName(recognising: bytes.span(start, end))
        if name == .keepAlive { return .keepAlive }
        if name == .upgrade { return .upgrade }
        if FieldNameSet.essential.contains(name) { return .nominatesEssential }
        var index = 0
        while index < count {
            // Fields that are not recognised have one tag and many names.
            if slots[index].name == name && (name != .other || namesEqual(index, start, end)) {
                slots[index].isHopByHop = true
            }
            index &+= 1
        }
        return ConnectionOptions()
    }

    private func namesEqual(_ index: Int, _ start: Int, _ end: Int) -> Bool {
        ASCII.equalIgnoringCase(name(of: index), bytes.span(start, end))
    }
}
