internal import Bytes
public import HTTPModel

/// Finds the end of a head while its bytes arrive, and what cannot become one as early as it shows.
///
/// The scanner remembers how far it has looked: however the bytes are cut, each is looked at once.
public struct HeadScanner: BitwiseCopyable, Sendable {
    private let side: MessageSide
    private var scanned = 0
    private var checked = 0
    private var start = 0
    private var lineStart = 0
    private var emptyLines = 0
    private var sawStartLine = false
    private var startIsChecked = false

    /// What the scanner found.
    public enum Event: BitwiseCopyable, Equatable, Sendable {
        /// The head has no end yet.
        case needMore
        /// The head is `start..<end`; before it stand empty lines only.
        case complete(start: Int, end: Int)
        /// The bytes are no head, or more than a head may have.
        case malformed(Reason)
    }

    /// A scanner for the head of a message.
    public init(side: MessageSide) { self.side = side }

    /// Looks at `bytes`, which begin where the message may begin and hold at least all bytes given before.
    public mutating func scan(_ bytes: Span<UInt8>, limits: HeadLimits) -> Event {
        if scanned == 0, let end = endOfPlainHead(bytes), end <= limits.head, end <= limits.target {
            return .complete(start: 0, end: end)
        }
        do throws(Reason) {
            try checkStart(bytes, limits)
            while true {
                let feed = ByteSearch.first(0x0a, in: bytes, from: scanned)
                if feed == bytes.count { break }
                scanned = feed &+ 1
                if try endsHead(bytes, feed, limits) { return .complete(start: start, end: scanned) }
            }
            scanned = bytes.count
            try checkSize(of: bytes.count &- start &+ 1, limits)
            return .needMore
        } catch {
            return .malformed(error)
        }
    }

    /// Where the head ends, when `bytes` hold all of it, begin with it and end each line with CRLF: nearly always. What
    /// else may be wrong with it, the parser finds. Nil says nothing.
    private func endOfPlainHead(_ bytes: Span<UInt8>) -> Int? {
        if bytes.count < 5 || !ASCII.isLetter(bytes[0]) { return nil }
        if side == .response && !ASCII.equal(bytes.extracting(0..<5), "HTTP/") { return nil }
        var position = 0
        while true {
            let feed = ByteSearch.first(0x0a, in: bytes, from: position)
            if feed == 0 || feed &+ 2 >= bytes.count || bytes[feed &- 1] != 0x0d { return nil }
            if bytes[feed &+ 1] == 0x0d { return bytes[feed &+ 2] == 0x0a ? feed &+ 3 : nil }
            position = feed &+ 1
        }
    }

    /// Looks at the line that ends with the LF at `feed`; true when it is the empty line that ends the head.
    private mutating func endsHead(_ bytes: Span<UInt8>, _ feed: Int, _ limits: HeadLimits) throws(Reason) -> Bool {
        if feed == lineStart || bytes[feed &- 1] != 0x0d { throw reasonOfBareLF }
        let isEmpty = feed &- 1 == lineStart
        lineStart = feed &+ 1
        if !isEmpty {
            sawStartLine = true
            try checkSize(of: lineStart &- start, limits)
            return false
        }
        if sawStartLine {
            if lineStart &- start > limits.head { throw reasonOfSize }
            return true
        }
        emptyLines &+= 1
        if side == .response { throw .upstreamResponseHead }
        if emptyLines > limits.leadingEmptyLines { throw .requestLine }
        start = lineStart
        checked = lineStart
        try checkStart(bytes, limits)
        return false
    }

    /// Refuses heads of `count` bytes or more where even the start line, or the rest, is too large.
    private func checkSize(of count: Int, _ limits: HeadLimits) throws(Reason) {
        if !sawStartLine && side == .request {
            // Two spaces, `HTTP/1.1` and CRLF.
            if count > limits.method &+ limits.target &+ 12 { throw .requestTargetSize }
        }
        if count > limits.head { throw reasonOfSize }
    }

    /// Checks the first bytes: a method up to its space, or `HTTP/`.
    private mutating func checkStart(_ bytes: Span<UInt8>, _ limits: HeadLimits) throws(Reason) {
        while !startIsChecked && checked < bytes.count {
            let byte = bytes[checked]
            if side == .response {
                try checkResponseStart(byte)
            } else if byte == 0x20 && checked > start {
                startIsChecked = true
            } else if byte == 0x0d && checked == start {
                if checked &+ 1 == bytes.count { return }
                if bytes[checked &+ 1] != 0x0a { throw .requestLineBareCR }
                // An empty line: `endsHead` passes over it and comes back here.
                return
            } else if !ASCII.isToken(byte) {
                throw reasonOfStart(byte)
            } else if checked &- start == limits.method {
                throw .requestMethodUnsupported
            }
            checked &+= 1
        }
    }

    private mutating func checkResponseStart(_ byte: UInt8) throws(Reason) {
        let prefix: StaticString = "HTTP/"
        if byte != prefix.bytes[checked] { throw .upstreamResponseHead }
        startIsChecked = checked == prefix.utf8CodeUnitCount &- 1
    }

    private func reasonOfStart(_ byte: UInt8) -> Reason {
        switch byte {
        case 0x0a: .requestLineBareLF
        case 0x0d: .requestLine
        default: checked == start ? .requestNotHTTP : .requestMethod
        }
    }

    private var reasonOfBareLF: Reason {
        if side == .response { return .upstreamResponseHead }
        return sawStartLine ? .requestFieldBareLF : .requestLineBareLF
    }

    private var reasonOfSize: Reason { side == .request ? .requestHeadSize : .upstreamResponseSize }
}
