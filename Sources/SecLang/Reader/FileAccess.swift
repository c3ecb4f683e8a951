import Policy

/// The files that a rule file names, relative to its own folder.
struct FileAccess {
    let log: RuleLog
    let files: any PolicyFiles

    /// The folder that names count from, with its slash; empty for the folder of the caller.
    let folder: String

    /// The name by which the caller knows a file that is named in a rule file.
    func resolved(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }

    /// The text of the file that is named at a place; nil when it cannot be read, which has been reported there.
    func text(of name: PlacedText) -> PlacedText? {
        guard let bytes = bytes(of: resolved(name.string), at: name) else { return nil }
        if log.texts.count + bytes.count > SecLangBounds.text {
            log.error(name, "all files together have more than \(SecLangBounds.text) bytes")
            return nil
        }
        let number = log.append(bytes, name: resolved(name.string))
        return PlacedText(bytes, at: log.texts.start(of: number))
    }

    /// What is in the file `name`, which the caller knows by it.
    func bytes(of name: String, at place: PlacedText) -> [UInt8]? {
        do throws(PolicyFileProblem) {
            return try files.contents(of: name, limit: SecLangBounds.file)
        } catch {
            log.error(place, "the file \(name) \(error.message)", hint: error.hint)
            return nil
        }
    }
}
