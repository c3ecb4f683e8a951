public import Bytes

/// The one canonical head of a request.
///
/// It is built once, whatever version of HTTP the request came by, matched by the policy and serialised afresh for
/// the upstream: what is matched is what is forwarded. Its storage is allocated once; ``reset()`` makes it ready for
/// the next request, so one for each worker is enough.
public struct RequestHead: ~Copyable {
    /// The fields, in order of arrival.
    public internal(set) var fields: FieldTable
    /// The canonical host, room to compare a second one, and the canonical path.
    @usableFromInline var canonical: Slab<UInt8>

    @usableFromInline var methodRange = StoredRange()
    @usableFromInline var targetRange = StoredRange()
    @usableFromInline var queryRange = StoredRange()
    @usableFromInline var hostCount = 0
    @usableFromInline var pathCount = 0
    @usableFromInline var upgradeIndex = -1
    @usableFromInline var portNumber: UInt16 = 0

    /// The method.
    public internal(set) var method = Method.other

    /// How the client's connection is secured.
    public internal(set) var scheme = Scheme.http

    /// The form of the request target.
    public internal(set) var form = TargetForm.origin

    /// The minor version of HTTP/1: 0 or 1.
    public internal(set) var minorVersion: UInt8 = 1

    /// Whether the request came as a stream of HTTP/2; ``minorVersion`` is then 1, whose rules it has besides.
    public internal(set) var isOfHTTP2 = false

    /// How the end of the body is found.
    public internal(set) var framing = MessageFraming.none

    /// Whether the connection ends after the response (RFC 9112 section 9.3).
    public internal(set) var wantsClose = false

    /// Whether the client waits for 100 before it sends the body (RFC 9110 section 10.1.1).
    public internal(set) var expectsContinue = false

    /// Whether the protocol asked for in `Upgrade` is WebSocket and no other.
    public internal(set) var upgradesToWebSocket = false

    /// Whether the client takes trailer fields (`TE: trailers`, RFC 9110 section 10.1.4).
    public internal(set) var acceptsTrailers = false

    /// Whether the target has a query, which may be empty.
    public internal(set) var hasQuery = false

    /// The number of fields left out because their name holds a `_`.
    public internal(set) var droppedFields = 0

    /// Room for heads within `limits`.
    public init(limits: HeadLimits) {
        self.init(byteCapacity: limits.head, fieldCapacity: limits.fields, targetCapacity: limits.target)
    }

    /// Room for `byteCapacity` bytes of head, `fieldCapacity` fields and a canonical path of `targetCapacity` bytes.
    public init(byteCapacity: Int, fieldCapacity: Int, targetCapacity: Int) {
        fields = FieldTable(byteCapacity: byteCapacity, fieldCapacity: fieldCapacity)
        canonical = Slab(capacity: RequestHead.pathStart + targetCapacity, repeating: 0)
    }

    /// Where the path begins in `canonical`.
    @usableFromInline static var pathStart: Int { 2 * Authority.longestHost }

    /// Whether the request names a host; only HTTP/1.0 requests may not.
    @inlinable public var hasHost: Bool { hostCount > 0 }

    /// The host: a DNS name in lower case without trailing dot, an IPv4 address, or an IPv6 address in brackets.
    @inlinable
    public var host: Span<UInt8> {
        @_lifetime(borrow self) get { canonical.span(0, hostCount) }
    }

    /// The port of the authority; nil when the request does not name one.
    @inlinable public var port: UInt16? { portNumber == 0 ? nil : portNumber }

    /// The canonical path, which begins with `/`; `*` when the request concerns the server as a whole.
    @inlinable
    public var path: Span<UInt8> {
        @_lifetime(borrow self) get { canonical.span(RequestHead.pathStart, RequestHead.pathStart + pathCount) }
    }

    /// The query as received, without its `?`.
    @inlinable
    public var query: Span<UInt8> {
        @_lifetime(borrow self) get { fields.stored(queryRange.start, queryRange.end) }
    }

    /// The method's token.
    @inlinable
    public var methodBytes: Span<UInt8> {
        @_lifetime(borrow self) get { fields.stored(methodRange.start, methodRange.end) }
    }

    /// The request target as received, for the log; empty when none could be read. Never to be forwarded.
    @inlinable
    public var rawTarget: Span<UInt8> {
        @_lifetime(borrow self) get { fields.stored(targetRange.start, targetRange.end) }
    }

    /// Whether ``upgrade`` offers HTTP/2, which nobody may change to that way any more (RFC 9113 section 3.1): what
    /// a server agreed to would be read by nobody between it and the client.
    public var offersHTTP2: Bool {
        guard let index = upgrade else { return false }
        let list = value(of: index)
        var offers = ListCursor(end: list.count)
        while offers.advance(in: list) {
            let name = list.extracting(offers.memberStart..<offers.memberEnd)
            if name.count == 3 && name[0] | 0x20 == 0x68 && name[1] == 0x32 && name[2] | 0x20 == 0x63 { return true }
        }
        return false
    }

    /// The index of the `Upgrade` field, when `Connection` names it and the request has no body.
    @inlinable public var upgrade: Int? { upgradeIndex < 0 ? nil : upgradeIndex }
}

/// A range of the stored bytes, which is small and cannot be out of order.
@usableFromInline
struct StoredRange: BitwiseCopyable {
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    init() {}

    init(_ start: Int, _ end: Int) {
        precondition(start <= end)
        self.start = start
        self.end = end
    }
}
