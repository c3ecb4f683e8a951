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
    let headLimits: HeadLimits
    let rules: RequestRules

    /// Room for connections with these limits.
    public init(limits: HTTP2Limits, headLimits: HeadLimits, rules: RequestRules) {
        self.headLimits = headLimits
        self.rules = rules
        section = FieldSection(limit: limits.fieldSection, tableCapacity: limits.decoderTable)
        // Pseudo-fields stand besides the fields that are counted.
        fields = Slab(capacity: headLimits.fields + HTTP2Workspace.pseudoFields, repeating: DecodedField())
        block = Slab(capacity: limits.fieldBlock, repeating: 0)
        encoded = Slab(capacity: limits.encodedBlock, repeating: 0)
        request = RequestHead(
            byteCapacity: section.capacity, fieldCapacity: headLimits.fields + 3, targetCapacity: headLimits.target)
        response = ResponseHead(byteCapacity: section.capacity, fieldCapacity: headLimits.fields)
        trailers = FieldTable(byteCapacity: section.capacity, fieldCapacity: limits.trailerFields)
    }

    /// `:method`, `:scheme`, `:authority`, `:path`, `:protocol`.
    static var pseudoFields: Int { 5 }
}
