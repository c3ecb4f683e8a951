import Glibc
import Policy
import Sys

/// What the compiler asks of the files that a policy names; by the same rules as masugatad opens them.
extension NamedFiles: PolicyFiles {
    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        let path = path(name)
        do throws(Errno) {
            let file = try File.open(path)
            let status = try File.status(file.raw)
            if !status.isRegular { throw Errno(EISDIR, "open") }
            if status.mode & 0o022 != 0 { throw Errno(EPERM, "chmod") }
            return try File.contents(file.raw, limit: limit)
        } catch {
            throw NamedFiles.problem(error, path, limit)
        }
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        let slash = pattern.lastIndex(of: "/")
        let folder = slash.map { String(pattern[...$0]) } ?? ""
        let last = slash.map { String(pattern[pattern.index(after: $0)...]) } ?? pattern
        let names: [String]
        do throws(Errno) {
            let path = path(folder)
            names = try System.names(in: path.isEmpty ? "." : path)
        } catch {
            throw NamedFiles.problem(error, folder, 0)
        }
        let matching = names.filter { ($0.hasPrefix(".") == last.hasPrefix(".")) && NamedFiles.matches($0, last) }
        return matching.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { folder + $0 }
    }

    private static func problem(_ error: Errno, _ path: String, _ limit: Int) -> PolicyFileProblem {
        switch error.code {
        case ENOENT: PolicyFileProblem("is not there", hint: "make it, or correct its name")
        case ELOOP: PolicyFileProblem("is a symbolic link", hint: "name the file itself (readlink -f \(path))")
        case EISDIR: PolicyFileProblem("is not a regular file", hint: "name one")
        case EPERM: PolicyFileProblem("can be changed by others", hint: "chmod go-w \(path)")
        case EFBIG: PolicyFileProblem("has more than \(limit) bytes")
        case EACCES: PolicyFileProblem("may not be read by this user", hint: "check as the user that masugatad runs as")
        default: PolicyFileProblem("can not be read: \(error)", hint: "check the file and the folders above it")
        }
    }

    /// Whether a name has the form of a pattern, in which an asterisk stands for anything.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
        var rest = Substring(name)
        if !rest.hasPrefix(first) { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}

extension Substring {
    /// Where `text` stands first.
    fileprivate func firstRange(of text: Substring) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
