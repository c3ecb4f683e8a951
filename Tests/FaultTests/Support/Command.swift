import Foundation
import Sys

/// A program that is run to its end.
struct Command {
    let end: ChildProcess.End
    /// Standard output and error.
    let text: String

    /// Runs it; it is killed when it takes longer than `seconds`.
    init(_ words: [String], site: Site, seconds: Int = 40) throws {
        let path = site.scratch.file("output-\(UInt32.random(in: 0 ... .max))")
        let file = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        let pid = try ChildProcess.spawn(
            words[0], arguments: Array(words.dropFirst()), environment: ["SWIFT_BACKTRACE=enable=no"],
            descriptors: [-1, file, file], dieWithParent: false)
        close(file)
        var status: Int32 = 0
        do {
            try until("\(words.joined(separator: " ")) has ended", seconds: seconds) { waitpid(pid, &status, WNOHANG) == pid }
        } catch {
            kill(pid, SIGKILL)
            waitpid(pid, &status, 0)
            throw error
        }
        end = status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
        text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
