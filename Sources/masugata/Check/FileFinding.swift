/// What is wrong, or doubtful, about a file that the policy names.
struct FileFinding: Equatable, Error, CustomStringConvertible {
    let isError: Bool
    /// The file.
    let path: String
    /// The cause and the remedy.
    let text: String

    /// Something that masugatad would refuse.
    static func error(_ path: String, _ text: String) -> FileFinding {
        FileFinding(isError: true, path: path, text: text)
    }

    /// Something that will be wrong soon.
    static func warning(_ path: String, _ text: String) -> FileFinding {
        FileFinding(isError: false, path: path, text: text)
    }

    var severity: String { isError ? "error" : "warning" }

    var description: String { "\(path): \(severity): \(text)" }
}
