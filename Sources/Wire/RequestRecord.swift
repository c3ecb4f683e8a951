public import Bytes

/// A finished exchange, as a worker puts it into the record ring for logd.
///
/// In the ring it is the fixed part, then the ``texts`` in their order, each behind its 16-bit count, then the
/// numbers of the WAF rules that matched, 32 bits each, behind their 16-bit count. Little-endian throughout.
public struct RequestRecord: BitwiseCopyable, Sendable {
    /// The first bytes of every record.
    public static var magic: UInt16 { 0x4d52 }
    /// Raised with every change of the layout.
    public static var format: UInt8 { 2 }
    /// The longest record, bytes.
    public static var sizeLimit: Int { 32_768 }
    /// The longest text in a record, bytes; what is longer is cut.
    public static var textLimit: Int { 8_192 }
    /// Bytes of the fixed part.
    public static var fixedSize: Int { 62 }
    /// Bytes of the ring between a worker and logd.
    public static var ringCapacity: Int { 4 << 20 }

    /// The texts, in their order. `ruleNames` are those of the policy's rules that applied, with commas between them.
    public enum Text: Int, CaseIterable, Sendable {
        case site, route, method, host, path, query, userAgent, referer, upstream, reason, ruleNames
    }

    /// When the request head was complete: microseconds since 1970, UTC.
    public var time: UInt64 = 0
    /// From then to the end of the exchange, microseconds.
    public var duration: UInt32 = 0
    /// The reference id that stands on error pages; unique as long as the log is kept.
    public var id: UInt64 = 0
    /// The client's address as IPv6 (IPv4 mapped).
    public var client: InlineArray<16, UInt8> = .init(repeating: 0)
    public var clientPort: UInt16 = 0
    /// The status answered; 0 when nothing was.
    public var status: UInt16 = 0
    /// Bytes received from the client for this exchange, head and body, before TLS.
    public var bytesIn: UInt64 = 0
    /// Bytes sent to the client for this exchange, head and body, before TLS.
    public var bytesOut: UInt64 = 0
    /// Whether the request was let through.
    public var allowed: Bool = true
    /// The HTTP version: 10, 11 or 20.
    public var version: UInt8 = 11
    /// The TLS version: 0 (none), 12 or 13.
    public var tls: UInt8 = 0

    public init() {}

    /// Writes the fixed part; the caller appends the texts and the rules.
    public func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: RequestRecord.magic)
        writer.append(RequestRecord.format)
        writer.append(littleEndian: time)
        writer.append(littleEndian: duration)
        writer.append(littleEndian: id)
        writer.append(client.span)
        writer.append(littleEndian: clientPort)
        writer.append(littleEndian: status)
        writer.append(littleEndian: bytesIn)
        writer.append(littleEndian: bytesOut)
        writer.append(allowed ? 1 : 0)
        writer.append(version)
        writer.append(tls)
    }

    /// Reads the fixed part; the texts and the rules are next in `reader`.
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        if try reader.uint16() != RequestRecord.magic { throw .header }
        if try reader.byte() != RequestRecord.format { throw .header }
        time = try reader.uint64()
        duration = try reader.uint32()
        id = try reader.uint64()
        for index in 0..<16 { client[index] = try reader.byte() }
        clientPort = try reader.uint16()
        status = try reader.uint16()
        bytesIn = try reader.uint64()
        bytesOut = try reader.uint64()
        allowed = try reader.byte() != 0
        version = try reader.byte()
        tls = try reader.byte()
        if status > 999 { throw .value }
    }
}
