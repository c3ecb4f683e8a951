import Sys

/// Opening the operator's files. None of them is read here: only owner, mode and kind are looked at.
struct PolicyFiles {
    /// The policy file as the command line names it.
    let policy: String

    /// The folder that relative names in the policy count from, up to and with its slash.
    private var folder: String {
        String(policy[..<(policy.lastIndex(of: "/").map(policy.index(after:)) ?? policy.startIndex)])
    }

    /// Bits of the mode that let somebody else than the owner change the file.
    private static let othersMayWrite: UInt32 = 0o022
    /// Bits of the mode that let somebody else than the owner use the file at all.
    private static let othersMayAnything: UInt32 = 0o077

    /// A file named in the policy, from the root or from the policy's folder.
    func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }

    /// The policy itself: of root or of the user that the appliance runs as, and changed by nobody else.
    func openPolicy() throws(Failure) -> Handle {
        let file = try open(policy, "the policy")
        try check(file, policy, forbidden: PolicyFiles.othersMayWrite, remedy: "chmod go-w \(policy)")
        return file
    }

    /// A certificate chain: may be read by all, changed by nobody else.
    func openCertificate(_ name: String) throws(Failure) -> Handle {
        let path = path(name)
        let file = try open(path, "the certificate")
        try check(file, path, forbidden: PolicyFiles.othersMayWrite, remedy: "chmod go-w \(path)")
        return file
    }

    /// A private key: for its owner's eyes alone.
    func openKey(_ name: String) throws(Failure) -> Handle {
        let path = path(name)
        let file = try open(path, "the private key")
        try check(file, path, forbidden: PolicyFiles.othersMayAnything, remedy: "chmod 0600 \(path)")
        return file
    }

    private func open(_ path: String, _ what: String) throws(Failure) -> Handle {
        do throws(Errno) {
            return Handle(try File.open(path))
        } catch {
            throw Failure("\(path): \(what) cannot be opened: \(error); \(remedy(error, path))")
        }
    }

    private func remedy(_ error: Errno, _ path: String) -> String {
        switch error.code {
        case ErrorCode.isLink: "name the file itself, not a symbolic link (readlink -f \(path))"
        case ErrorCode.isMissing: "make the file, or correct its name in the policy"
        case ErrorCode.isForbidden: "let the user that masugatad runs as read it"
        default: "check the file and the folders above it"
        }
    }

    private func check(_ file: Handle, _ path: String, forbidden: UInt32, remedy: String) throws(Failure) {
        let status = try Failure.about(path) { () throws(Errno) in try File.status(file.raw) }
        if !status.isRegular { throw Failure("\(path): is not a regular file; name one") }
        if status.owner != 0 && status.owner != Account.own.user {
            throw Failure(
                "\(path): belongs to user \(status.owner), who could change it; chown \(Account.own.user) \(path)")
        }
        if status.mode & forbidden != 0 {
            let mode = String(status.mode, radix: 8)
            throw Failure("\(path): mode 0\(mode) gives others more than they may have; \(remedy)")
        }
    }
}
