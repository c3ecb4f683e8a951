import Glibc
import Sys

/// A policy file whose text is read, and replaced as a whole.
struct PolicyFile {
    let path: String
    let text: [UInt8]
    private let status: FileStatus

    /// Reads the file at `path`, which is not a symbolic link.
    /// - Throws: why it cannot be read, or that it is longer than `limit` bytes.
    init(_ path: String, limit: Int) throws(OperatorError) {
        self.path = path
        do throws(Errno) {
            let file = try File.open(path)
            status = try File.status(file.raw)
            text = status.isRegular ? try File.contents(file.raw, limit: limit) : []
        } catch {
            throw OperatorError("\(path): it cannot be read: \(error); \(PolicyFile.remedy(error, path, limit))")
        }
        if !status.isRegular { throw OperatorError("\(path): is not a regular file; name one") }
    }

    /// Writes `text` beside the file and puts it in its place, with the same owner and mode: whoever reads the file
    /// meanwhile gets the old text or the new one, whole.
    func replace(with text: [UInt8]) throws(OperatorError) {
        let draft = "\(path).\(ChildProcess.own)"
        do throws(Errno) {
            let file = try System.create(draft)
            do throws(Errno) {
                try File.write(file.raw, text.span)
                try System.give(file.raw, to: status)
                try System.rename(draft, to: path)
            } catch {
                File.remove(draft)
                throw error
            }
        } catch {
            throw OperatorError(
                "\(path): it cannot be replaced: \(error); format it as a user who may write its folder")
        }
    }

    private static func remedy(_ error: Errno, _ path: String, _ limit: Int) -> String {
        switch error.code {
        case ELOOP: "name the file itself, not a symbolic link (readlink -f \(path))"
        case ENOENT: "correct its name"
        case EFBIG: "a policy has at most \(limit) bytes"
        default: "check the file and the folders above it"
        }
    }
}
