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

import Glibc
import Sandbox
import Sys

let subjects: [Subject]
if CommandLine.arguments.count > 1 {
    subjects = CommandLine.arguments.dropFirst().map { argument in
        guard let subject = Subject(argument) else {
            StandardError.write(
                "masugata-selftest: '\(argument)' is not ROLE:USER:GROUP; roles are "
                    + Profile.allCases.map(\.name).joined(separator: ", "))
            exit(2)
        }
        return subject
    }
} else {
    subjects = [Subject(.proxy), Subject(.keyholder), Subject(.logd), Subject(.dialer)]
}

do throws(Errno) {
    let range = try FiringRange()
    var verdict = Verdict.held
    for subject in subjects {
        for escape in range.escapes(for: subject) {
            let result = try range.attempt(escape, by: subject)
            StandardOutput.write(result.line)
            verdict = max(verdict, result.verdict)
        }
    }
    exit(verdict.exitCode)
} catch {
    StandardError.write("masugata-selftest: the test could not be made: \(error)")
    exit(2)
}
