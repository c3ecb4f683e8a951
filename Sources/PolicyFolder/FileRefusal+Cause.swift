import Glibc
import Sys

extension FileRefusal {
    /// What the system does not refuse, but these rules do; each has an error number, beside those of the system.
    enum Cause: Int32 {
        case notRegular = 10_001
        case strangeOwner
        case changedByOthers
        case forOwnerAlone
        case notForAll
        case tooLarge

        var error: Errno { Errno(rawValue, "open") }
    }

    /// What `error` means for the file or folder at `path`.
    init(_ error: Errno, _ path: String, limit: Int) {
        if let cause = Cause(rawValue: error.code) {
            self.init(cause, path, limit: limit)
            return
        }
        switch error.code {
        case ENOENT, ENOTDIR: self.init("is not there", hint: "make it, or correct its name")
        case ELOOP: self.init("is a symbolic link", hint: "name the file itself (readlink -f \(path))")
        case EXDEV: self.init("is a link to somewhere else", hint: "name the file itself (readlink -f \(path))")
        case EACCES:
            self.init("may not be read by this user", hint: "let the user that masugatad runs as read it")
        case E2BIG: self.init("are looked for among more than \(limit) files", hint: "put them into a folder of their own")
        default: self.init("can not be read: \(error)", hint: "check the file and the folders above it")
        }
    }

    private init(_ cause: Cause, _ path: String, limit: Int) {
        switch cause {
        case .notRegular: self.init("is not a regular file", hint: "name one")
        case .strangeOwner:
            self.init("belongs to a user who could change it", hint: "chown \(Account.own.user) \(path)")
        case .changedByOthers: self.init("can be changed by others", hint: "chmod go-w \(path)")
        case .forOwnerAlone:
            self.init("is for its owner alone, as a private key is", hint: "if it is no secret: chmod g+r \(path)")
        case .notForAll:
            self.init(
                "is outside the policy's folder and not for everybody to read",
                hint: "if it is no secret: move it to the policy, or chmod o+r \(path)")
        case .tooLarge: self.init("has more than \(limit) bytes")
        }
    }
}
