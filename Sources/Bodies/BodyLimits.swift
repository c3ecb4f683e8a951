/// What a body may take, whatever its kind. Each limit is named by a case of ``BodyLimit``, which the outcome carries
/// when it is reached.
///
/// The defaults are those of mod_security2's recommended configuration where it has one.
public struct BodyLimits: BitwiseCopyable, Sendable, Equatable {
    /// Bytes of a body that are looked at (`SecRequestBodyLimit`).
    public var bytes = 13_107_200
    /// Bytes of names and values that are kept, files aside (`SecRequestBodyNoFilesLimit`).
    public var storedBytes = 131_072
    /// Values of all kinds that are kept.
    public var values = 4096
    /// Arguments, or leaves of a JSON text (`SecArgumentsLimit`).
    public var arguments = 1000
    /// Bytes of an argument's name after decoding; of a JSON leaf's path; of a name in XML.
    public var nameLength = 4096
    /// Bytes of a value after decoding; of the text of an XML document.
    public var valueLength = 131_072
    /// Containers that are open at once in JSON (`SecRequestBodyJsonDepthLimit`), elements in XML.
    public var depth = 512
    /// Members of the objects of a JSON text, all together.
    public var members = 4096
    /// Parts of a multipart body.
    public var parts = 256
    /// Files of a multipart body (`SecUploadFileLimit`); one more only sets ``BodyFlags/fileLimitExceeded``.
    public var files = 100
    /// Header lines of one part.
    public var partHeaders = 16
    /// Bytes of one header line of a part, with what is folded into it.
    public var partHeaderBytes = 4096
    /// Bytes from the beginning of each file that are kept as a value.
    public var fileContent = 0
    /// Bytes of the `Content-Type` that a boundary is looked for in.
    public var contentType = 1024
    /// Attributes of one XML element.
    public var attributes = 128
    /// Bytes of the names of the elements that are open at once.
    public var openNames = 16_384
    /// Bytes of a document type declaration, which is skipped.
    public var doctype = 4096

    /// The defaults.
    public init() {}
}
