/// How a request's body is read. The raw value is its name in the language.
public enum BodyProcessor: String, CaseIterable, Sendable {
    /// As `application/x-www-form-urlencoded`.
    case urlEncoded = "URLENCODED"

    /// As `multipart/form-data`.
    case multipart = "MULTIPART"

    /// As JSON.
    case json = "JSON"

    /// As XML.
    case xml = "XML"
}
