import Sys

/// Namespaces that ordinary users make.
enum UserNamespaces {
    /// Whether this host lets a command that begins with `prefix` make one.
    static func areAllowed(to prefix: [String]) -> Bool {
        let words = prefix + ["/usr/bin/unshare", "--user", "--map-current-user", "--mount", "/bin/true"]
        guard
            let pid = try? ChildProcess.spawn(
                words[0], arguments: Array(words.dropFirst()), environment: [], descriptors: [-1, -1, -1],
                dieWithParent: false)
        else { return false }
        return (try? ChildProcess.wait(pid)) == .exited(0)
    }
}
