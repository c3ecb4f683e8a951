/// What a value in a ``ValueStore`` is, and so which collections of the rules it belongs to.
public enum ValueKind: UInt8, BitwiseCopyable, Sendable, Equatable, CaseIterable {
    /// An argument of the query (`ARGS_GET`).
    case queryArgument
    /// A field of a form in the body (`ARGS_POST`).
    case bodyArgument
    /// A leaf of a JSON text under its path (`ARGS_POST`); ``ValueEntry/type`` says what it was.
    case jsonLeaf
    /// A cookie (`REQUEST_COOKIES`).
    case cookie
    /// A file of a form: its field's name, and the file's name (`FILES`).
    case fileName
    /// A file of a form: its field's name as name and value (`FILES_NAMES`).
    case fileField
    /// A file of a form: its field's name, and its bytes in decimal (`FILES_SIZES`).
    case fileSize
    /// The beginning of a file: its field's name, and the bytes (`FILES_TMP_CONTENT`).
    case fileContent
    /// A header line of a part, under the name of the part's field (`MULTIPART_PART_HEADERS`).
    case partHeader
    /// All text of an XML document in one value (`XML:/*`).
    case xmlText
    /// An attribute of an XML element (`XML://@*`).
    case xmlAttribute
    /// A namespace declaration, which is no attribute for XPath.
    case xmlNamespace
}
