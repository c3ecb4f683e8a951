internal import Bytes
internal import HTTPModel

/// The fields that an answer of the appliance has of itself: what the policy adds to responses does not change them.
struct OwnFields: OptionSet {
    let rawValue: UInt8

    /// What frames every answer and tells its media type.
    static let message = OwnFields(rawValue: 1)

    /// What keeps a page out of caches.
    static let noStore = OwnFields(rawValue: 2)

    /// What keeps browsers from taking a page for something else.
    static let inert = OwnFields(rawValue: 4)

    /// Those of a page that stands in no policy.
    static let page: OwnFields = [.message, .noStore, .inert]

    /// Writes the lines that `list` adds to responses, but for these fields.
    @_lifetime(writer: copy writer)
    func writeAdded(_ edits: borrowing FieldEdits, _ list: FieldEditList, to writer: inout ByteWriter) {
        for index in 0..<edits.lineCount(of: list) {
            let line = edits.line(index, of: list)
            if !contains(edits.name(of: line)) { writer.append(edits.bytes(of: line)) }
        }
    }

    private func contains(_ name: Span<UInt8>) -> Bool {
        if contains(.message) {
            for own: StaticString in ["content-type", "date", "allow", "location", "retry-after", "content-encoding"]
            where ASCII.equalIgnoringCase(name, own) { return true }
        }
        if contains(.noStore) && ASCII.equalIgnoringCase(name, "cache-control") { return true }
        return contains(.inert)
            && (ASCII.equalIgnoringCase(name, "x-content-type-options")
                || ASCII.equalIgnoringCase(name, "content-security-policy"))
    }
}
