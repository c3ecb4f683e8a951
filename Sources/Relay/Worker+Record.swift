internal import Bytes
internal import HTTPModel
internal import Plan
internal import Sys
internal import Wire

/// The record of each exchange, for logd.
extension Worker {
    /// Keeps the texts of the record that only the head knows: the next request's head takes its place.
    mutating func draftTexts(_ number: Int, site: Int?, route: Int?, malformed: Bool) {
        exchanges[number].draft = drafts.take()
        let end = Worker.writeDraft(
            request, current.names, site: site, route: route, malformed: malformed,
            to: &drafts, exchanges[number].draft)
        exchanges[number].draftEnd = Int32(end)
        exchanges[number].upstreamEnd = Int32(end)
    }

    private static func writeDraft(
        _ request: borrowing RequestHead, _ names: borrowing NameTable, site: Int?, route: Int?,
        malformed: Bool, to drafts: inout BufferPool, _ draft: Buffer
    ) -> Int {
        var writer = ByteWriter(drafts.mutableBytes(draft, RequestRecord.fixedSize, drafts.size))
        let limit = RequestRecord.textLimit
        if let site {
            writer.append(counted: names.site(site), limit: limit)
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
        if let route {
            writer.append(counted: names.route(route), limit: limit)
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
        writer.append(counted: request.methodBytes, limit: limit)
        if malformed {
            writer.append(littleEndian: 0 as UInt16)
            writer.append(counted: request.rawTarget, limit: limit)
            writer.append(littleEndian: 0 as UInt16)
        } else {
            writer.append(counted: request.host, limit: limit)
            writer.append(counted: request.path, limit: limit)
            writer.append(counted: request.query, limit: limit)
        }
        append(request, .userAgent, malformed, to: &writer)
        append(request, .referer, malformed, to: &writer)
        return RequestRecord.fixedSize + writer.count
    }

    private static func append(
        _ request: borrowing RequestHead, _ name: FieldName, _ malformed: Bool, to writer: inout ByteWriter
    ) {
        if !malformed, let index = request.firstIndex(of: name) {
            writer.append(counted: request.value(of: index), limit: 1_024)
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
    }

    /// Notes which upstream the exchange goes to.
    mutating func noteUpstream(_ number: Int) {
        let exchange = exchanges[number]
        let start = Int(exchange.draftEnd)
        let count = Worker.writeUpstream(current.names, Int(exchange.server), to: &drafts, exchange.draft, start)
        exchanges[number].upstreamEnd = Int32(start + count)
    }

    private static func writeUpstream(
        _ names: borrowing NameTable, _ server: Int, to drafts: inout BufferPool, _ draft: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(drafts.mutableBytes(draft, start, drafts.size))
        writer.append(counted: names.upstream(server), limit: RequestRecord.textLimit)
        return writer.count
    }

    /// Puts the record into the ring, unless it is there; counts it where there is no room.
    mutating func record(_ number: Int) {
        if exchanges[number].isRecorded { return }
        let count = completeDraft(number, sending: 0)
        if !records.append(drafts, exchanges[number].draft, count) { tally.recordsDropped &+= 1 }
    }

    /// Puts the record where it is found if this process is killed from now on. The response ends with the `count`
    /// bytes that are sent next: once the client has them, the record must not be lost.
    mutating func prepareRecord(_ number: Int, sending count: Int) {
        let size = completeDraft(number, sending: UInt64(count))
        records.prepare(drafts, exchanges[number].draft, size)
    }

    /// Has the prepared record count when all was sent, and takes it back when not.
    mutating func settleRecord(_ number: Int, isSent: Bool) {
        if isSent {
            records.publish()
            exchanges[number].isRecorded = true
        } else {
            records.withdraw()
        }
    }

    /// Completes the draft to the record of an exchange that ends when `count` more bytes have been sent. Answers the
    /// record's size.
    private mutating func completeDraft(_ number: Int, sending count: UInt64) -> Int {
        let exchange = exchanges[number]
        let client = clients[Int(exchange.client)]
        var record = RequestRecord()
        record.time = exchange.startWall
        record.duration = UInt32(clamping: now &- exchange.start)
        record.id = exchange.id
        record.client = client.address.octets
        record.clientPort = client.port
        record.status = exchange.status
        record.bytesIn = exchange.bytesIn
        record.bytesOut = exchange.bytesOut &+ count
        record.allowed = exchange.allowed
        record.version = client.stream >= 0 ? 20 : exchange.minorVersion == 0 ? 10 : 11
        record.tls = client.tlsVersion
        return Worker.finishDraft(exchange, record, &drafts)
    }

    /// Completes the draft to the whole record. Answers its size.
    private static func finishDraft(_ exchange: Exchange, _ record: RequestRecord, _ drafts: inout BufferPool) -> Int {
        var head = ByteWriter(drafts.mutableBytes(exchange.draft, 0, RequestRecord.fixedSize))
        record.write(to: &head)
        let start = Int(exchange.upstreamEnd)
        if exchange.noteCount > 0 { return finishDraftWithNote(exchange, &drafts) }
        var writer = ByteWriter(drafts.mutableBytes(exchange.draft, start, drafts.size))
        if exchange.upstreamEnd == exchange.draftEnd { writer.append(littleEndian: 0 as UInt16) }
        if exchange.reason == .none {
            writer.append(littleEndian: 0 as UInt16)
        } else {
            writer.append(counted: exchange.reason.code.bytes, limit: RequestRecord.textLimit)
        }
        // No names and no numbers of rules.
        writer.append(littleEndian: 0 as UInt32)
        return start + writer.count
    }
}
