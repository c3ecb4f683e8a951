internal import Actions
internal import Bytes
internal import HTTP1
internal import HTTPModel

/// Takes a body out of the chunks it came in and puts it into chunks of our own: no received framing goes on.
enum Recoder {
    /// What one go came to.
    struct Result: BitwiseCopyable {
        /// Bytes used up of the source.
        var consumed = 0
        /// Bytes of the body among them.
        var decoded = 0
        /// Bytes written to the target.
        var written = 0
        /// Bytes of them that are the end of a chunked body, with trailer fields, behind a bare body.
        var trailers = 0
        /// The body is complete.
        var isEnd = false
        var malformed: Reason?
    }

    /// The most by which a run of chunks can grow when it is encoded afresh: a longer size, and the blank behind the
    /// colon of each trailer field.
    private static var growth: Int { 512 }

    /// Recodes `start..<end` of `source` as far as it fits behind `targetStart` of `target`.
    /// - Parameters:
    ///   - chunks: whether the target is chunked; else the bare body is written.
    ///   - trailers: whether the end of a chunked body is written behind a bare one, if it has trailer fields.
    static func recode(
        _ decoder: inout ChunkedDecoder, _ buffers: inout BufferPool, from source: Buffer, _ start: Int, _ end: Int,
        to target: Buffer, _ targetStart: Int, chunks: Bool, trailers: Bool = false, _ limits: ChunkLimits,
        _ fields: HeadLimits, filter: TrailerFilter? = nil
    ) -> Result {
        var result = Result()
        let size = buffers.size
        while !result.isEnd && start + result.consumed < end {
            let position = start + result.consumed
            let room = size - targetStart - result.written - growth
            if room <= 0 { return result }
            let limit = min(end, position + room)
            let event = decoder.next(
                in: buffers.bytes(source, position, limit), from: 0, limits: limits, fieldLimits: fields)
            switch event {
            case .data(let first, let last):
                let count = last - first
                append(
                    &buffers, source, position + first, count, target, targetStart + result.written, chunks, &result)
                result.consumed += last
                result.decoded += count
            case .end(let first, let last, let next):
                if chunks {
                    appendEnd(
                        &buffers, source, position + first, position + last, target, targetStart, fields, filter,
                        &result)
                } else if trailers && first < last {
                    let before = result.written
                    appendEnd(
                        &buffers, source, position + first, position + last, target, targetStart, fields, filter,
                        &result)
                    result.trailers = result.written - before
                }
                result.consumed += next
                result.isEnd = true
            case .needMore(let consumed):
                result.consumed += consumed
                return result
            case .malformed(let reason):
                result.malformed = reason
                return result
            }
        }
        return result
    }

    private static func append(
        _ buffers: inout BufferPool, _ source: Buffer, _ start: Int, _ count: Int, _ target: Buffer, _ place: Int,
        _ chunks: Bool, _ result: inout Result
    ) {
        var position = place
        if chunks {
            var writer = ByteWriter(buffers.mutableBytes(target, position, position + ChunkedEncoder.longestOpening))
            ChunkedEncoder.open(count: count, to: &writer)
            position += writer.count
        }
        buffers.copy(from: source, at: start, count: count, to: target, at: position)
        position += count
        if chunks {
            var writer = ByteWriter(buffers.mutableBytes(target, position, position + 2))
            ChunkedEncoder.close(to: &writer)
            position += writer.count
        }
        result.written += position - place
    }

    private static func appendEnd(
        _ buffers: inout BufferPool, _ source: Buffer, _ start: Int, _ end: Int, _ target: Buffer, _ base: Int,
        _ fields: HeadLimits, _ filter: TrailerFilter?, _ result: inout Result
    ) {
        let place = base + result.written
        let size = buffers.size
        if start == end {
            var writer = ByteWriter(buffers.mutableBytes(target, place, size))
            ChunkedEncoder.end(to: &writer)
            result.written += writer.count
            return
        }
        // Rare, so it may allocate: the pool cannot be read while one of its buffers is written.
        let trailers = copy(buffers.bytes(source, start, end))
        var writer = ByteWriter(buffers.mutableBytes(target, place, size))
        if let filter {
            ChunkedEncoder.end(
                trailers: trailers.span, limits: fields, changing: filter.actions.edits, filter.list, to: &writer)
        } else {
            ChunkedEncoder.end(trailers: trailers.span, limits: fields, to: &writer)
        }
        result.written += writer.count
    }

    /// Which trailer fields are left out.
    struct TrailerFilter {
        let actions: ActionTable
        let list: FieldEditList
    }

    private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        return copy
    }
}
