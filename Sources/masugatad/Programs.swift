import Sys
import Wire

/// The executables of the other roles: beside the supervisor's own, or where the package puts them.
enum Programs {
    private static let packaged = "/usr/lib/masugata"

    /// Nothing is inherited. The crash reporter is off because it would look for a program to start; libcrypto reads
    /// no configuration.
    static let environment = ["SWIFT_BACKTRACE=enable=no", "OPENSSL_CONF="]

    /// The path of `name`.
    static func path(_ name: String) throws(Failure) -> String {
        var folders = [packaged]
        if let own = try? Host.programFolder() { folders.insert(own, at: 0) }
        for folder in folders where Host.canExecute("\(folder)/\(name)") { return "\(folder)/\(name)" }
        throw Failure("\(name): not found in \(folders.joined(separator: " or ")); install the masugata package again")
    }

    /// Starts `name` with `descriptors` and nothing else of ours.
    static func start(_ name: String, _ arguments: [String] = [], descriptors: [Int32]) throws(Failure) -> Int32 {
        let path = try path(name)
        do throws(Errno) {
            return try ChildProcess.spawn(
                path, arguments: arguments, environment: environment, descriptors: descriptors, dieWithParent: true)
        } catch {
            throw Failure("\(path): cannot be started: \(error)")
        }
    }
}
