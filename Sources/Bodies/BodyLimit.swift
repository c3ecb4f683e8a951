/// The names of the limits in ``BodyLimits``, for outcomes and records.
public enum BodyLimit: UInt8, Sendable, Equatable, CaseIterable {
    case bytes, storedBytes, values, arguments, nameLength, valueLength, depth, members, parts, partHeaders
    case partHeaderBytes, contentType, attributes, openNames, doctype

    /// The setting's name, for messages.
    public var name: StaticString {
        switch self {
        case .bytes: "bytes"
        case .storedBytes: "storedBytes"
        case .values: "values"
        case .arguments: "arguments"
        case .nameLength: "nameLength"
        case .valueLength: "valueLength"
        case .depth: "depth"
        case .members: "members"
        case .parts: "parts"
        case .partHeaders: "partHeaders"
        case .partHeaderBytes: "partHeaderBytes"
        case .contentType: "contentType"
        case .attributes: "attributes"
        case .openNames: "openNames"
        case .doctype: "doctype"
        }
    }
}
