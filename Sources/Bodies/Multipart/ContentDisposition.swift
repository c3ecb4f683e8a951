internal import Bytes

/// The `Content-Disposition` of a part (RFC 7578 section 4.2), which stands in a store and is read there; names are
/// decoded to the store's front.
struct ContentDisposition {
    private(set) var name: Range<Int>?
    private(set) var fileName: Range<Int>?
    private(set) var extendedFileName: Range<Int>?

    private enum Parameter {
        case name, fileName, extendedFileName
    }

    private let start: Int
    private let end: Int
    private var index: Int

    /// A header's value that stands at `range` in the store.
    init(_ range: Range<Int>) {
        start = range.lowerBound
        end = range.upperBound
        index = start
    }

    /// Whether the part is a file.
    var isFile: Bool { fileName != nil || extendedFileName != nil }

    /// Reads the type and the parameters.
    mutating func parse(_ store: inout ValueStore, _ report: inout BodyReport) throws(BodyStop) {
        skipBlanks(store)
        let type: StaticString = "form-data"
        let typeEnd = index + type.utf8CodeUnitCount
        if typeEnd > end || !ASCII.equal(store.bytes.span(index, typeEnd), type) {
            throw .malformed(.dispositionType)
        }
        index = typeEnd
        skipBlanks(store)
        while index < end {
            if store.bytes[index] != UInt8(ascii: ";") { throw .malformed(.dispositionSyntax) }
            index += 1
            try parseParameter(&store, &report)
            let behind = store.bytes[index - 1]
            skipBlanks(store)
            if index < end, store.bytes[index] != UInt8(ascii: ";"), behind == quote || behind == apostrophe {
                report.flags.insert(.invalidQuoting)
            }
        }
        if fileName != nil && !contains("filename=", store) { throw .malformed(.dispositionFileName) }
    }

    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var apostrophe: UInt8 { UInt8(ascii: "'") }

    private mutating func parseParameter(
        _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        skipBlanks(store)
        let nameStart = index
        while index < end, store.bytes[index] != UInt8(ascii: "="), !isBlank(store.bytes[index]) { index += 1 }
        let nameEnd = index
        skipBlanks(store)
        if index == end || store.bytes[index] != UInt8(ascii: "=") { throw .malformed(.dispositionSyntax) }
        index += 1
        skipBlanks(store)
        if index == end { throw .malformed(.dispositionSyntax) }
        let parameter = try parameter(nameStart, nameEnd, store)
        let value = try takeValue(&store, &report)
        try assign(value, to: parameter, &store, &report)
    }

    private func parameter(
        _ start: Int, _ end: Int, _ store: borrowing ValueStore
    ) throws(BodyStop) -> Parameter {
        let name = store.bytes.span(start, end)
        if ASCII.equal(name, "name") { return .name }
        if ASCII.equal(name, "filename") { return .fileName }
        if ASCII.equal(name, "filename*") { return .extendedFileName }
        throw .malformed(.dispositionParameter)
    }

    private mutating func assign(
        _ value: Range<Int>, to parameter: Parameter, _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) {
        switch parameter {
        case .name:
            if name != nil { throw .malformed(.dispositionDuplicate) }
            name = value
        case .fileName:
            if fileName != nil { throw .malformed(.dispositionDuplicate) }
            fileName = value
        case .extendedFileName:
            // To be refused, but not a reason to stop: receivers that take it see a file with this name.
            if extendedFileName != nil { throw .malformed(.dispositionDuplicate) }
            report.notedFault = .dispositionExtendedName
            extendedFileName = try decodeExtended(value, &store)
        }
    }

    /// Decodes a quoted string or copies a token to the store's front.
    private mutating func takeValue(
        _ store: inout ValueStore, _ report: inout BodyReport
    ) throws(BodyStop) -> Range<Int> {
        let first = store.bytes[index]
        let valueStart = store.front
        if first == quote || first == apostrophe {
            if first == apostrophe { report.flags.insert(.invalidQuoting) }
            try takeQuoted(first, &store)
        } else {
            while index < end, isTokenByte(store.bytes[index]) {
                if store.bytes[index] == apostrophe { report.flags.insert(.invalidQuoting) }
                try store.append(store.bytes[index])
                index += 1
            }
        }
        return valueStart..<store.front
    }

    private mutating func takeQuoted(_ quote: UInt8, _ store: inout ValueStore) throws(BodyStop) {
        let backslash = UInt8(ascii: "\\")
        index += 1
        while index < end, store.bytes[index] != quote {
            if store.bytes[index] == backslash {
                if index + 1 == end { throw .malformed(.dispositionSyntax) }
                // Any other byte behind a backslash stands for both: browsers send paths so.
                let next = store.bytes[index + 1]
                if next == quote || next == backslash { index += 1 }
            }
            try store.append(store.bytes[index])
            index += 1
        }
        if index == end { throw .malformed(.dispositionSyntax) }
        index += 1
    }

    /// Decodes an `ext-value` of RFC 8187 section 3.2: charset, language and escaped text between apostrophes.
    private func decodeExtended(_ value: Range<Int>, _ store: inout ValueStore) throws(BodyStop) -> Range<Int> {
        var from = value.lowerBound
        var apostrophes = 0
        for index in value where store.bytes[index] == apostrophe && apostrophes < 2 {
            apostrophes += 1
            from = index + 1
        }
        if apostrophes < 2 { from = value.lowerBound }
        let start = store.front
        while from < value.upperBound {
            if store.bytes[from] == UInt8(ascii: "%"), from + 2 < value.upperBound,
                let high = ASCII.hexadecimalValue(store.bytes[from + 1]),
                let low = ASCII.hexadecimalValue(store.bytes[from + 2])
            {
                try store.append(high << 4 | low)
                from += 3
            } else {
                try store.append(store.bytes[from])
                from += 1
            }
        }
        return start..<store.front
    }

    private mutating func skipBlanks(_ store: borrowing ValueStore) {
        while index < end, isBlank(store.bytes[index]) { index += 1 }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// mod_security2's token bytes: of RFC 2045 section 5.1.
    private func isTokenByte(_ byte: UInt8) -> Bool {
        if byte <= 0x20 || byte >= 0x7f { return false }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="):
            return false
        default: return true
        }
    }

    private func contains(_ text: StaticString, _ store: borrowing ValueStore) -> Bool {
        let count = text.utf8CodeUnitCount
        var place = start
        while place + count <= end {
            if ASCII.equal(store.bytes.span(place, place + count), text) { return true }
            place += 1
        }
        return false
    }
}
