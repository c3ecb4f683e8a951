import Crypto
import Glibc
import Sys

/// The files that a policy names, and the rules that masugatad opens them by.
struct NamedFiles {
    /// The policy file as the command line names it.
    let policy: String

    /// The folder that relative names count from, up to and with its slash.
    private var folder: String {
        String(policy[..<(policy.lastIndex(of: "/").map(policy.index(after:)) ?? policy.startIndex)])
    }

    /// Mode bits that let somebody else than the owner change the file.
    private static let othersMayWrite: UInt32 = 0o022
    /// Mode bits that let somebody else than the owner use the file at all.
    private static let othersMayAnything: UInt32 = 0o077

    /// A file named in the policy.
    func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }

    /// The text of the policy.
    func policyText(limit: Int) throws(FileFinding) -> [UInt8] {
        let file = try open(policy, "the policy")
        try check(file, policy, forbidden: NamedFiles.othersMayWrite, remedy: "chmod go-w \(policy)")
        return try contents(file, policy, limit: limit)
    }

    /// The text of a certificate chain.
    func certificateText(_ path: String, limit: Int) throws(FileFinding) -> [UInt8] {
        let file = try open(path, "the certificate")
        try check(file, path, forbidden: NamedFiles.othersMayWrite, remedy: "chmod go-w \(path)")
        return try contents(file, path, limit: limit)
    }

    /// The text of a private key.
    func keyText(_ path: String, limit: Int) throws(FileFinding) -> SecretBytes {
        let file = try open(path, "the private key")
        try check(file, path, forbidden: NamedFiles.othersMayAnything, remedy: "chmod 0600 \(path)")
        do throws(CryptoError) {
            return try SecretBytes(contentsOf: file.raw, limit: limit)
        } catch {
            throw .error(path, "the private key is refused: \(error); check the file")
        }
    }

    private func contents(_ file: borrowing Descriptor, _ path: String, limit: Int) throws(FileFinding) -> [UInt8] {
        do throws(Errno) {
            return try File.contents(file.raw, limit: limit)
        } catch {
            throw .error(path, "it cannot be read: \(error); check the file")
        }
    }

    private func open(_ path: String, _ what: String) throws(FileFinding) -> Descriptor {
        do throws(Errno) {
            return try File.open(path)
        } catch {
            throw .error(path, "\(what) cannot be opened: \(error); \(remedy(error, path))")
        }
    }

    private func remedy(_ error: Errno, _ path: String) -> String {
        switch error.code {
        case ELOOP: "name the file itself, not a symbolic link (readlink -f \(path))"
        case ENOENT: "make the file, or correct its name in the policy"
        case EACCES: "check as the user that masugatad runs as"
        default: "check the file and the folders above it"
        }
    }

    private func check(
        _ file: borrowing Descriptor, _ path: String, forbidden: UInt32, remedy: String
    ) throws(FileFinding) {
        let status: FileStatus
        do throws(Errno) {
            status = try File.status(file.raw)
        } catch {
            throw .error(path, "\(error); check the file")
        }
        if !status.isRegular { throw .error(path, "is not a regular file; name one") }
        if status.owner != 0 && status.owner != Account.own.user {
            throw .error(
                path, "belongs to user \(status.owner), who could change it; chown \(Account.own.user) \(path)")
        }
        if status.mode & forbidden != 0 {
            throw .error(path, "mode 0\(String(status.mode, radix: 8)) gives others more than they may have; \(remedy)")
        }
    }
}
