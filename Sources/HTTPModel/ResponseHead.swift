internal import Bytes

/// The head of a response, from an upstream or from the appliance itself.
///
/// Its storage is allocated once; ``reset()`` makes it ready for the next response.
public struct ResponseHead: ~Copyable {
    /// The fields, in order of arrival.
    public internal(set) var fields: FieldTable
    @usableFromInline var reasonRange = StoredRange()
    @usableFromInline var upgradeIndex = -1
    @usableFromInline var lengthField: UInt64 = .max

    /// The status code, 100 to 599.
    public internal(set) var status: UInt16 = 0

    /// The minor version of HTTP/1: 0 or 1.
    public internal(set) var minorVersion: UInt8 = 1

    /// How the end of the body is found, given the request's method and the status (RFC 9112 section 6.3).
    public internal(set) var framing = MessageFraming.none

    /// Whether the connection ends after this response (RFC 9112 section 9.3).
    public internal(set) var wantsClose = false

    /// Room for heads within `limits`.
    public init(limits: HeadLimits) {
        self.init(byteCapacity: limits.head, fieldCapacity: limits.fields)
    }

    /// Room for `byteCapacity` bytes of head and `fieldCapacity` fields.
    public init(byteCapacity: Int, fieldCapacity: Int) {
        fields = FieldTable(byteCapacity: byteCapacity, fieldCapacity: fieldCapacity)
    }

    /// The reason phrase as received; often empty.
    @inlinable
    public var reasonPhrase: Span<UInt8> {
        @_lifetime(borrow self) get { fields.stored(reasonRange.start, reasonRange.end) }
    }

    /// The number in the `Content-Length` field; also where the response has no body, as an answer to HEAD.
    @inlinable public var contentLength: UInt64? { lengthField == .max ? nil : lengthField }

    /// Whether this is an interim response, after which another follows; 101 is none: after it HTTP is over.
    @inlinable public var isInterim: Bool { status < 200 && status != 101 }

    /// The index of the `Upgrade` field, when `Connection` names it.
    @inlinable public var upgrade: Int? { upgradeIndex < 0 ? nil : upgradeIndex }
}
