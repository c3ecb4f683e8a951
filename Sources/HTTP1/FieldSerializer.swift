internal import Bytes
internal import HTTPModel

/// Writes fields in the canonical form `name: value` CRLF.
enum FieldSerializer {
    /// Writes the fields that are neither hop-by-hop nor in `omitted`, in order.
    @_lifetime(writer: copy writer)
    static func write(_ fields: borrowing FieldTable, omitting omitted: FieldNameSet, to writer: inout ByteWriter) {
        var index = 0
        while index < fields.count {
            let slot = fields.slot(index)
            if slot.isHopByHop || omitted.contains(slot.name) {
                index &+= 1
            } else if slot.isTight {
                let last = endOfRun(fields, from: index, omitted)
                writer.append(fields.lines(from: index, through: last))
                index = last &+ 1
            } else {
                writeLine(fields.name(of: index), fields.value(of: index), to: &writer)
                index &+= 1
            }
        }
    }

    /// The last of the fields that are written and stand behind `first` without a gap, each checked and each in
    /// the canonical form already: the run is copied at once.
    private static func endOfRun(
        _ fields: borrowing FieldTable, from first: Int, _ omitted: FieldNameSet
    ) -> Int {
        var last = first
        var end = fields.slot(first).lineEnd
        while last &+ 1 < fields.count {
            let slot = fields.slot(last &+ 1)
            if slot.isHopByHop || !slot.isTight || slot.lineStart != end || omitted.contains(slot.name) { break }
            last &+= 1
            end = slot.lineEnd
        }
        return last
    }

    /// Writes the fields as ``write(_:omitting:to:)`` does, without those that `list` removes.
    @_lifetime(writer: copy writer)
    static func write(
        _ fields: borrowing FieldTable, omitting omitted: FieldNameSet, _ edits: borrowing FieldEdits,
        _ list: FieldEditList, to writer: inout ByteWriter
    ) {
        let omitted = omitted.union(list.removed)
        if !list.removesOthers {
            write(fields, omitting: omitted, to: &writer)
            return
        }
        for index in 0..<fields.count {
            let slot = fields.slot(index)
            if slot.isHopByHop || omitted.contains(slot.name) { continue }
            if edits.removes(slot.name, fields.name(of: index), list) { continue }
            writeLine(fields.name(of: index), fields.value(of: index), to: &writer)
        }
    }

    /// Writes the lines that `list` adds to a head with these fields.
    @_lifetime(writer: copy writer)
    static func writeAdded(
        _ edits: borrowing FieldEdits, _ list: FieldEditList, to fields: borrowing FieldTable,
        in writer: inout ByteWriter
    ) {
        writer.append(edits.lines(of: list))
        for index in 0..<edits.lineCount(of: list) {
            let line = edits.line(index, of: list)
            if line.isProvided && !isForwarded(line.name, edits.name(of: line), in: fields) {
                writer.append(edits.bytes(of: line))
            }
        }
    }

    /// Whether a field with this name is there and is not of one hop alone.
    private static func isForwarded(
        _ tag: FieldName, _ name: Span<UInt8>, in fields: borrowing FieldTable
    ) -> Bool {
        var start = 0
        let hasTag = tag != .other && tag != .xForwardedOther
        while let index = hasTag
            ? fields.firstIndex(of: tag, from: start) : fields.firstIndex(named: name, from: start)
        {
            if !fields.slot(index).isHopByHop { return true }
            start = index + 1
        }
        return false
    }

    @_lifetime(writer: copy writer)
    static func writeLine(_ name: Span<UInt8>, _ value: Span<UInt8>, to writer: inout ByteWriter) {
        writer.append(name)
        writer.append(": ")
        writer.append(value)
        writer.append("\r\n")
    }

    /// Writes the values of all fields named `name`, each followed by `, `, so that one more can be appended.
    @_lifetime(writer: copy writer)
    static func writeValues(of name: FieldName, in fields: borrowing FieldTable, to writer: inout ByteWriter) {
        var start = 0
        while let index = fields.firstIndex(of: name, from: start) {
            if fields.value(of: index).count > 0 {
                writer.append(fields.value(of: index))
                writer.append(", ")
            }
            start = index + 1
        }
    }
}
