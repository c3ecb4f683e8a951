internal import Audit
internal import Wire

extension RequestEntry {
    /// The longest line that a record from a ring can become.
    static var recordLineLimit: Int { lineLimit(RequestRecord.sizeLimit) }

    /// Reads a record as a worker put it into its ring. The worker may have been taken over: nothing is believed.
    @_lifetime(copy bytes)
    init(record bytes: Span<UInt8>) throws(WireViolation) {
        self.init(textsIn: bytes)
        var reader = MessageReader(bytes)
        let record = try RequestRecord(reading: &reader)
        if record.time > Timestamp.last { throw .value }
        if record.version != 10 && record.version != 11 && record.version != 20 { throw .value }
        if record.tls != 0 && record.tls != 12 && record.tls != 13 { throw .value }
        time = Timestamp(microseconds: record.time)
        duration = UInt64(record.duration)
        id = record.id
        client = ClientAddress(octets: record.client)
        status = record.status
        bytesIn = record.bytesIn
        bytesOut = record.bytesOut
        allowed = record.allowed
        version = record.version
        tls = record.tls
        var next = Text(rawValue: 0)
        while let text = next {
            let count = try reader.counted(limit: RequestRecord.textLimit).count
            let end = bytes.count - reader.remaining
            setText(text, (end - count)..<end)
            next = Text(rawValue: text.rawValue + 1)
        }
        let rules = try reader.run(4 * Int(try reader.uint16())).count
        setRules((bytes.count - rules)..<bytes.count)
        try reader.end()
    }
}
