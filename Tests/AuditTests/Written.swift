import Audit
import Bytes

/// What a closure writes, as bytes. The closure gets a writer over plenty of room.
func record(_ entry: borrowing RequestEntry, sequence: UInt64 = 1) -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var writer = ByteWriter(bytes.mutableSpan)
    entry.writeRecord(to: &writer, sequence: sequence)
    let count = writer.count
    return String(decoding: bytes[..<count], as: UTF8.self)
}

func combined(_ entry: borrowing RequestEntry) -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var writer = ByteWriter(bytes.mutableSpan)
    entry.writeCombined(to: &writer)
    let count = writer.count
    return String(decoding: bytes[..<count], as: UTF8.self)
}

func jsonText(_ text: [UInt8]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: ByteWriter.jsonTextLimit(text.count))
    var writer = ByteWriter(bytes.mutableSpan)
    writer.append(jsonText: text.span)
    let count = writer.count
    precondition(!writer.overflowed)
    return Array(bytes[..<count])
}

func addressText(_ address: ClientAddress) -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    var writer = ByteWriter(bytes.mutableSpan)
    writer.append(address: address)
    let count = writer.count
    return String(decoding: bytes[..<count], as: UTF8.self)
}

func compactTime(_ time: Timestamp) -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    var writer = ByteWriter(bytes.mutableSpan)
    writer.append(compactTime: time)
    writer.append(UInt8(ascii: " "))
    writer.append(combinedTime: time)
    let count = writer.count
    return String(decoding: bytes[..<count], as: UTF8.self)
}

func address(_ text: String) -> ClientAddress? { ClientAddress(Array(text.utf8).span) }
func block(_ text: String) -> ClientBlock? { ClientBlock(Array(text.utf8).span) }
