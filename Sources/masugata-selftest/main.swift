// NAME
//     masugata-selftest - tries to get out of the sandbox
//
// SYNOPSIS
//     masugata-selftest [ROLE:USER:GROUP ...]
//
// DESCRIPTION
//     For each role named (all that live, if none is), starts one child for each attempt of Escape. The child
//     locks itself into the sandbox of the role exactly as the real process does, with a connected socket of the
//     host's network and a folder of the host in hand, and makes the attempt. It has to be killed for it, or refused.
//     Prints a line for each attempt. Exits 0 when every attempt failed, 1 when one succeeded, 2 when the test
//     itself could not be made. masugatad runs it before it serves, and does not serve unless it exits 0.
//
// SECURITY
//     Runs with the supervisor's privileges and talks to nobody but itself, over loopback. It reads nothing from
//     outside. Its compromise is the supervisor's; it lives for less than a second and holds no secret.

internal import Glibc
internal import Sandbox
internal import Sys

// In functions: variables of the top level would bring the concurrency runtime in.
exit(run())

/// Makes every attempt on every subject. Answers the exit code.
func run() -> Int32 {
    do throws(Errno) {
        let range = try FiringRange()
        var verdict = Verdict.held
        for subject in subjects() {
            for escape in range.escapes(for: subject) {
                let result = try range.attempt(escape, by: subject)
                StandardOutput.write(result.line)
                verdict = max(verdict, result.verdict)
            }
        }
        return verdict.exitCode
    } catch {
        StandardError.write("masugata-selftest: the test could not be made: \(error)")
        return 2
    }
}

/// The roles that the arguments name, each as ROLE:USER:GROUP; all but the compiler's when they name none.
func subjects() -> [Subject] {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.isEmpty { return [Subject(.proxy), Subject(.keyholder), Subject(.logd), Subject(.dialer)] }
    return arguments.map { argument in
        guard let subject = Subject(argument) else {
            let roles = Profile.allCases.map(\.name).joined(separator: ", ")
            StandardError.write("masugata-selftest: '\(argument)' is not ROLE:USER:GROUP; roles are \(roles)")
            exit(2)
        }
        return subject
    }
}
