internal import Bytes
public import HTTPModel

/// Takes a chunked body apart (RFC 9112 section 7.1), however it is cut into reads.
///
/// Chunk extensions are dropped. A trailer section is given whole, when it is complete.
public struct ChunkedDecoder: BitwiseCopyable, Sendable {
    private let side: MessageSide
    private var state = State.size
    private var digits = 0
    private var size: UInt64 = 0
    private var extensionCount = 0
    private var extensionTotal = 0
    private var trailerScanned = 0
    private var trailerLine = 0

    /// What comes next in the body. All numbers are offsets into the bytes given.
    public enum Event: BitwiseCopyable, Equatable, Sendable {
        /// `start..<end` is data; call again from `end`.
        case data(start: Int, end: Int)
        /// The body ended; the next message begins at `next`. Between `trailerStart` and `trailerEnd` stand the
        /// lines of the trailer section, valid and without the empty line; often none.
        case end(trailerStart: Int, trailerEnd: Int, next: Int)
        /// The bytes before `consumed` are done with; those from there on must be given again, with more behind.
        case needMore(consumed: Int)
        /// The body is refused.
        case malformed(Reason)
    }

    private enum State: UInt8, BitwiseCopyable {
        case size, chunkExtension, sizeLF, data, dataCR, dataLF, trailer
    }

    /// A decoder at the start of a body.
    public init(side: MessageSide) { self.side = side }

    /// The next event in `bytes`, of which those before `start` are done with.
    public mutating func next(
        in bytes: Span<UInt8>, from start: Int, limits: ChunkLimits, fieldLimits: HeadLimits
    ) -> Event {
        var position = start
        do throws(Reason) {
            while state != .trailer {
                if position >= bytes.count { return .needMore(consumed: position) }
                if state == .data { return takeData(bytes, position) }
                try step(bytes[position], limits)
                position &+= 1
            }
            return try takeTrailer(bytes, position, limits, fieldLimits)
        } catch {
            return .malformed(error)
        }
    }

    private mutating func takeData(_ bytes: Span<UInt8>, _ start: Int) -> Event {
        let available = bytes.count &- start
        let count = size < UInt64(available) ? Int(size) : available
        size &-= UInt64(count)
        if size == 0 { state = .dataCR }
        return .data(start: start, end: start &+ count)
    }

    /// Takes one byte of what stands between the data of two chunks.
    private mutating func step(_ byte: UInt8, _ limits: ChunkLimits) throws(Reason) {
        switch state {
        case .size: try stepSize(byte, limits)
        case .chunkExtension: try stepExtension(byte, limits)
        case .sizeLF:
            if byte != 0x0a { throw reasonOfChunk }
            state = size == 0 ? .trailer : .data
            digits = 0
        case .dataCR:
            if byte != 0x0d { throw byte == 0x0a ? reasonOfBareLF : reasonOfChunk }
            state = .dataLF
        case .dataLF:
            if byte != 0x0a { throw reasonOfChunk }
            state = .size
        case .data, .trailer: break
        }
    }

    private mutating func stepSize(_ byte: UInt8, _ limits: ChunkLimits) throws(Reason) {
        if let digit = ASCII.hexadecimalValue(byte) {
            // Offsets into a body are signed everywhere else.
            if digits == limits.sizeDigits || size > UInt64(Int64.max) >> 4 { throw reasonOfSize }
            size = size << 4 | UInt64(digit)
            digits &+= 1
            return
        }
        if digits == 0 { throw byte == 0x0a ? reasonOfBareLF : reasonOfSize }
        switch byte {
        case 0x0d: state = .sizeLF
        case 0x0a: throw reasonOfBareLF
        case 0x3b:
            state = .chunkExtension
            extensionCount = 0
            try countExtension(limits)
        default: throw reasonOfSize
        }
    }

    private mutating func stepExtension(_ byte: UInt8, _ limits: ChunkLimits) throws(Reason) {
        if byte == 0x0d {
            state = .sizeLF
            return
        }
        if byte == 0x0a { throw reasonOfBareLF }
        if (byte < 0x20 && byte != 0x09) || byte == 0x7f { throw reasonOfExtension }
        try countExtension(limits)
    }

    private mutating func countExtension(_ limits: ChunkLimits) throws(Reason) {
        extensionCount &+= 1
        extensionTotal &+= 1
        if extensionCount > limits.chunkExtension || extensionTotal > limits.extensions { throw reasonOfExtension }
    }

    /// Waits for the whole trailer section, which begins at `start`, and checks it.
    private mutating func takeTrailer(
        _ bytes: Span<UInt8>, _ start: Int, _ limits: ChunkLimits, _ fieldLimits: HeadLimits
    ) throws(Reason) -> Event {
        while true {
            let feed = ByteSearch.first(0x0a, in: bytes, from: start &+ trailerScanned)
            if feed == bytes.count { break }
            let line = start &+ trailerLine
            if feed == line || bytes[feed &- 1] != 0x0d { throw reasonOfBareLF }
            trailerScanned = feed &+ 1 &- start
            if trailerScanned > limits.trailer { throw reasonOfTrailerSize }
            trailerLine = trailerScanned
            if feed &- 1 == line {
                try checkTrailer(bytes.extracting(start..<line), limits, fieldLimits)
                return .end(trailerStart: start, trailerEnd: line, next: feed &+ 1)
            }
        }
        trailerScanned = bytes.count &- start
        if trailerScanned >= limits.trailer { throw reasonOfTrailerSize }
        return .needMore(consumed: start)
    }

    private func checkTrailer(
        _ section: Span<UInt8>, _ limits: ChunkLimits, _ fieldLimits: HeadLimits
    ) throws(Reason) {
        var position = 0
        var count = 0
        while position < section.count {
            guard let line = try? FieldLine.parse(section, at: position, limits: fieldLimits) else {
                throw side == .request ? .requestTrailer : .upstreamResponseTrailer
            }
            let name = section.extracting(line.start..<line.nameEnd)
            count &+= 1
            if count > limits.trailerFields { throw reasonOfTrailerSize }
            if FieldNameSet.forbiddenInTrailers.contains(FieldName(recognising: name))
                || (side == .request && ByteSearch.first(0x5f, in: name, from: 0) < name.count)
            {
                throw side == .request ? .requestTrailerField : .upstreamResponseTrailer
            }
            position = line.end
        }
    }

    private var reasonOfChunk: Reason { side == .request ? .requestChunk : .upstreamResponseChunk }
    private var reasonOfSize: Reason { side == .request ? .requestChunkSize : .upstreamResponseChunk }
    private var reasonOfExtension: Reason { side == .request ? .requestChunkExtension : .upstreamResponseChunk }
    private var reasonOfBareLF: Reason { side == .request ? .requestChunkBareLF : .upstreamResponseChunk }
    private var reasonOfTrailerSize: Reason { side == .request ? .requestTrailerSize : .upstreamResponseTrailer }
}
