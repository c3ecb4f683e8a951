internal import Bytes
internal import HPACK
public import HTTPModel

/// What the connections of one worker share, because each needs it only while it is looked at: room for one field
/// block and what it decodes to.
///
/// All of it is allocated once.
public struct HTTP2Workspace: ~Copyable {
    /// The head that came with the last ``HTTP2Event/head(_:endsStream:next:)`` or
    /// ``HTTP2Event/malformed(_:_:next:)`` of a server.
    public internal(set) var request: RequestHead
    /// The head that came with the last ``HTTP2Event/head(_:endsStream:next:)`` of a client.
    public internal(set) var response: ResponseHead
    /// The section that came with the last ``HTTP2Event/trailers(_:next:)``.
    public internal(set) var trailers: FieldTable

    /// The key that the request of HTTP/1.1 has which an extended CONNECT for WebSocket becomes (RFC 6455 section 4.1):
    /// base64 of 16 bytes that nobody could foresee, for which whoever has random bytes sets it anew after each. Without
    /// one none is added.
    public var webSocketKey: InlineArray<24, UInt8>?

    /// A field block that came in several frames, without what stands between its fragments.
    var block: Slab<UInt8>
    /// The fields of a block, decoded, and where they stand.
    var section: FieldSection
    var fields: Slab<DecodedField>
    var fieldCount = 0
    /// Whether there were more fields than ``fields`` has room for.
    var hasTooManyFields = false
    /// A field block that is to be sent.
    var encoded: Slab<UInt8>
    var encodedCount = 0
    var encodedOverflowed = false

    /// What heads may be.
    private(set) var headLimits: HeadLimits
    private(set) var rules: RequestRules

    /// Room for connections with these limits, which are the largest that it is ever used with.
    public init(limits: HTTP2Limits, headLimits: HeadLimits, rules: RequestRules) {
        self.headLimits = headLimits
        self.rules = rules
        section = FieldSection(limit: limits.fieldSection, tableCapacity: limits.decoderTable)
        // Pseudo-fields stand besides the fields that are counted.
        fields = Slab(capacity: headLimits.fields + HTTP2Workspace.pseudoFields, repeating: DecodedField())
        block = Slab(capacity: limits.fieldBlock, repeating: 0)
        encoded = Slab(capacity: limits.encodedBlock, repeating: 0)
        request = RequestHead(
            byteCapacity: section.capacity, fieldCapacity: headLimits.fields + 4, targetCapacity: headLimits.target)
        response = ResponseHead(byteCapacity: section.capacity, fieldCapacity: headLimits.fields)
        trailers = FieldTable(byteCapacity: section.capacity, fieldCapacity: limits.trailerFields)
    }

    /// Has heads be within other limits from now on, which are no larger than those that it was made with.
    public mutating func adopt(fieldSection: Int, headLimits: HeadLimits, rules: RequestRules) {
        precondition(headLimits.fields + HTTP2Workspace.pseudoFields <= fields.capacity)
        section.setLimit(fieldSection)
        self.headLimits = headLimits
        self.rules = rules
    }

    /// Exchanges the request head for another one, which is written from now on: whoever keeps one head for all
    /// versions of HTTP looks at this one without a copy.
    public mutating func exchangeRequest(with head: inout RequestHead) { swap(&request, &head) }

    /// `:method`, `:scheme`, `:authority`, `:path`, `:protocol`.
    static var pseudoFields: Int { 5 }
}
