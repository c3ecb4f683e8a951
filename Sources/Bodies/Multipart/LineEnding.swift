/// How a line of a multipart body ends.
enum LineEnding: UInt8 {
    case none, lf, crlf

    /// Its bytes.
    var length: Int { Int(rawValue) }
}
