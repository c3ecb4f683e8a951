public import Bytes

/// Encodes the field blocks of one connection (RFC 7541).
///
/// Without a dynamic table, which is the default, it keeps nothing of what it encodes: on a connection that carries
/// the messages of several parties, a shared table lets one probe for another's fields (RFC 7541 section 7.1).
public struct HPACKEncoder: ~Copyable {
    private var table: DynamicTable
    /// The smallest size the table had to have since the last block, and the one it has now.
    private var smallest: Int
    private var announced = HPACKDecoder.initialTableSize

    /// Whether a field may be kept.
    public enum Indexing: UInt8, BitwiseCopyable, Sendable {
        /// As the encoder thinks best.
        case automatic
        /// By nobody on the way (RFC 7541 section 7.1.3).
        case never
    }

    /// An encoder whose table takes `tableCapacity` octets at most; 0 for none.
    public init(tableCapacity: Int = 0) {
        table = DynamicTable(capacity: tableCapacity)
        smallest = min(tableCapacity, HPACKDecoder.initialTableSize)
        table.resize(to: smallest)
    }

    /// Bytes that an encoder with such a table allocates.
    public static func memory(tableCapacity: Int) -> Int { DynamicTable.memory(capacity: tableCapacity) }

    /// The other end allows a table of `size` octets (SETTINGS_HEADER_TABLE_SIZE).
    public mutating func limitTable(to size: Int) {
        table.resize(to: min(max(size, 0), table.capacity))
        smallest = min(smallest, table.maximum)
    }

    /// Begins a block: tells the other end how large the table is, when that has changed.
    @_lifetime(writer: copy writer)
    public mutating func beginBlock(to writer: inout ByteWriter) {
        if smallest < announced && smallest < table.maximum {
            HPACKInteger.write(smallest, prefix: 5, pattern: 0x20, to: &writer)
            announced = smallest
        }
        if announced != table.maximum {
            HPACKInteger.write(table.maximum, prefix: 5, pattern: 0x20, to: &writer)
            announced = table.maximum
        }
        smallest = table.maximum
    }

    /// Encodes one field. Its name is written in lower case, as HTTP/2 wants it.
    ///
    /// The writer has overflowed afterwards when the field did not fit; the encoder then cannot be used any more.
    @_lifetime(writer: copy writer)
    public mutating func encode(
        name: Span<UInt8>, value: Span<UInt8>, indexing: Indexing = .automatic, to writer: inout ByteWriter
    ) {
        let known = StaticTable.find(name: name, value: value)
        let isSecret = indexing == .never || (known.map { Self.isSecret($0.index) } ?? false)
        if let known, known.hasValue, !isSecret {
            HPACKInteger.write(known.index, prefix: 7, pattern: 0x80, to: &writer)
            return
        }
        let kept = table.count == 0 || isSecret ? nil : table.find(name: name, value: value)
        if let kept, kept.hasValue {
            HPACKInteger.write(kept.index &+ StaticTable.count &+ 1, prefix: 7, pattern: 0x80, to: &writer)
            return
        }
        let isKept = !isSecret && isWorthKeeping(name, value, known?.index ?? 0)
        let pattern: UInt8 = isKept ? 0x40 : isSecret ? 0x10 : 0x00
        let index = known?.index ?? kept.map { $0.index &+ StaticTable.count &+ 1 } ?? 0
        HPACKInteger.write(index, prefix: isKept ? 6 : 4, pattern: pattern, to: &writer)
        if index == 0 { Self.writeString(name, folds: true, to: &writer) }
        Self.writeString(value, folds: false, to: &writer)
        if isKept { keep(name, value) }
    }

    /// A string literal (RFC 7541 section 5.2), in the Huffman code where that is shorter.
    @_lifetime(writer: copy writer)
    private static func writeString(_ text: Span<UInt8>, folds: Bool, to writer: inout ByteWriter) {
        let count = HuffmanCode.encodedCount(text, folds: folds)
        if count < text.count {
            HPACKInteger.write(count, prefix: 7, pattern: 0x80, to: &writer)
            HuffmanCode.shared.encode(text, folds: folds, to: &writer)
            return
        }
        HPACKInteger.write(text.count, prefix: 7, pattern: 0, to: &writer)
        if folds {
            for index in text.indices { writer.append(ASCII.lowercased(text[index])) }
        } else {
            writer.append(text)
        }
    }

    /// Fields of credentials, by their place in the static table: `authorization`, `cookie`, `proxy-authorization`,
    /// `set-cookie`.
    private static func isSecret(_ index: Int) -> Bool { index == 23 || index == 32 || index == 49 || index == 55 }

    /// Whether the field is likely to come again as it is, and leaves room for others.
    private func isWorthKeeping(_ name: Span<UInt8>, _ value: Span<UInt8>, _ index: Int) -> Bool {
        if (name.count &+ value.count &+ DynamicTable.overhead) &* 2 > table.maximum { return false }
        switch index {
        // :path, age, content-length, content-range, date, etag, expires.
        case 4, 5, 21, 28, 30, 33, 34, 36: return false
        // The conditions, last-modified, location, range.
        case 39...44, 46, 50: return false
        default: return true
        }
    }

    private mutating func keep(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        table.insert(foldedName: name, value: value)
    }
}
