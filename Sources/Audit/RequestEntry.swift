internal import Bytes

/// What is recorded of one request: a view of bytes that somebody else holds, ready to be written as a line of the
/// audit log or of the access log.
public struct RequestEntry: ~Escapable {
    /// The texts of a request. `ruleNames` are those of the policy's rules that applied, with commas between them.
    public enum Text: Int, CaseIterable, Sendable {
        case site, route, method, host, path, query, userAgent, referer, upstream, reason, ruleNames
    }

    /// When the request's head was complete.
    public var time = Timestamp(microseconds: 0)

    /// The reference id.
    public var id: UInt64 = 0

    /// The client's address.
    public var client = ClientAddress(high: 0, low: 0xffff_0000_0000)

    /// The status answered; 0 when nothing was.
    public var status: UInt16 = 0

    /// Bytes received from the client.
    public var bytesIn: UInt64 = 0

    /// Bytes sent to the client.
    public var bytesOut: UInt64 = 0

    /// Microseconds from ``time`` to the end of the exchange.
    public var duration: UInt64 = 0

    /// Whether the request was let through.
    public var allowed = true

    /// The HTTP version in tenths: 10, 11 or 20.
    public var version: UInt8 = 11

    /// The TLS version in tenths: 12 or 13; 0 for none.
    public var tls: UInt8 = 0

    /// Whether the worker lived to see the response on its way. When it did not, whether the client got the end of the
    /// response is not known, and ``bytesOut`` counts it as sent.
    public var isConfirmed = true

    private let bytes: Span<UInt8>
    private var texts = InlineArray<11, Run>(repeating: Run())
    private var ruleRun = Run()

    /// An entry whose texts are parts of `bytes`.
    @_lifetime(copy bytes)
    public init(textsIn bytes: Span<UInt8>) { self.bytes = bytes }

    /// Says where in the bytes a text stands.
    @_lifetime(self: copy self)
    public mutating func setText(_ text: Text, _ range: Range<Int>) { texts[text.rawValue] = Run(range) }

    /// Says where in the bytes the numbers of the rules that matched stand, 32 bits each, the low byte first.
    @_lifetime(self: copy self)
    public mutating func setRules(_ range: Range<Int>) { ruleRun = Run(range) }

    /// One of the texts; empty where there is none.
    @_lifetime(copy self)
    public func text(_ text: Text) -> Span<UInt8> { bytes.extracting(texts[text.rawValue].range) }

    /// The numbers of the rules that matched, as ``setRules(_:)`` says.
    @_lifetime(copy self)
    func rules() -> Span<UInt8> { bytes.extracting(ruleRun.range) }

    /// The most bytes that a line takes of an entry with so many bytes.
    public static func lineLimit(_ count: Int) -> Int { ByteWriter.jsonTextLimit(count) + 1024 }

    private struct Run: BitwiseCopyable {
        var start: Int32 = 0
        var end: Int32 = 0

        init() {}

        init(_ range: Range<Int>) {
            start = Int32(range.lowerBound)
            end = Int32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }
}
