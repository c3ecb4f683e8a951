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
        let ends = Worker.writeDraft(
            request, current, site: site, route: route, malformed: malformed, to: &drafts, exchanges[number].draft)
        exchanges[number].draftMiddle = Int32(ends.middle)
        exchanges[number].draftEnd = Int32(ends.end)
        exchanges[number].noteEnd = Int32(ends.end)
        exchanges[number].upstreamEnd = Int32(ends.end)
    }

    private static func writeDraft(
        _ request: borrowing RequestHead, _ generation: borrowing Generation, site: Int?, route: Int?,
        malformed: Bool, to drafts: inout BufferPool, _ draft: Buffer
    ) -> (middle: Int, end: Int) {
        var writer = ByteWriter(drafts.mutableBytes(draft, 0, drafts.size))
        let limit = RequestRecord.textLimit
        if let site {
            writer.append(counted: generation.names.site(site), limit: limit)
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
        if let route {
            writer.append(counted: generation.names.route(route), limit: limit)
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
        let middle = writer.count
        append(request, .userAgent, malformed, to: &writer)
        append(request, .referer, malformed, to: &writer)
        return (middle, writer.count)
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
        let start = Int(exchange.noteEnd)
        let count = Worker.writeUpstream(current, Int(exchange.server), to: &drafts, exchange.draft, start)
        exchanges[number].upstreamEnd = Int32(start + count)
    }

    private static func writeUpstream(
        _ generation: borrowing Generation, _ server: Int, to drafts: inout BufferPool, _ draft: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(drafts.mutableBytes(draft, start, drafts.size))
        writer.append(counted: generation.names.upstream(server), limit: RequestRecord.textLimit)
        return writer.count
    }

    /// Puts the record into the ring; counts it where there is no room.
    mutating func record(_ number: Int) {
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
        record.bytesOut = exchange.bytesOut
        record.allowed = exchange.allowed
        record.version = exchange.minorVersion == 0 ? 10 : 11
        record.tls = client.tlsVersion
        let count = Worker.writeRecord(record, exchange, drafts, to: &scratch, scratchBuffer)
        if !records.append(scratch, scratchBuffer, count) { tally.recordsDropped &+= 1 }
    }

    private static func writeRecord(
        _ record: RequestRecord, _ exchange: Exchange, _ drafts: borrowing BufferPool, to scratch: inout BufferPool,
        _ scratchBuffer: Buffer
    ) -> Int {
        var writer = ByteWriter(scratch.mutableBytes(scratchBuffer, 0, RequestRecord.sizeLimit))
        record.write(to: &writer)
        let middle = Int(exchange.draftMiddle)
        let end = Int(exchange.draftEnd)
        let noteEnd = Int(exchange.noteEnd)
        let upstreamEnd = Int(exchange.upstreamEnd)
        writer.append(drafts.bytes(exchange.draft, 0, middle))
        if upstreamEnd > noteEnd {
            writer.append(drafts.bytes(exchange.draft, noteEnd, upstreamEnd))
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
        if noteEnd > end && (exchange.reason == .none || exchange.reason == .ruleDeny) {
            writer.append(drafts.bytes(exchange.draft, end, noteEnd))
        } else if exchange.reason == .none {
            writer.append(littleEndian: 0 as UInt16)
        } else {
            writer.append(counted: exchange.reason.code.bytes, limit: RequestRecord.textLimit)
        }
        writer.append(drafts.bytes(exchange.draft, middle, end))
        writer.append(littleEndian: 0 as UInt16)
        return writer.count
    }
}
