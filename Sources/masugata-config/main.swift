// NAME
//     masugata-config - compiles the policy, once, in an empty sandbox
//
// SYNOPSIS
//     masugata-config FILE     (started by masugatad, with the control channel as descriptor 3)
//
// DESCRIPTION
//     Receives who it is to be, then the policy as a descriptor, an empty memory file, and a channel over which it asks
//     the supervisor, by name, for the files that the policy names: it gets descriptors of those. FILE is the policy's name for
//     diagnostics; it is never opened. Writes the compiled plan into the memory file and seals it. Diagnostics go to
//     standard error. Exits 0 with a plan, 1 when the policy is wrong, 2 when the work could not be done.
//
// SECURITY
//     Talks to the supervisor alone, and locks itself into a sandbox without files, network or other processes before
//     it reads a byte of the policy. Whoever takes it over through the policy's text can write a wrong plan, which every
//     reader checks again: a wrong plan is what the policy's author can have anyway. It can also ask for files; the
//     supervisor hands over a bounded number, no private keys, and outside the policy's folder nothing that not
//     everybody may read.

import Glibc
import Policy
import Sandbox
import Sys
import Wire

// init
let fileName = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "policy"

do throws(Failure) {
    // channels
    let assignment = try Assignment.receive()
    // sandbox and drop
    do throws(SandboxError) {
        _ = try Sandbox.enter(.config, as: assignment.identity)
    } catch {
        throw Failure(error.description)
    }
    // the work
    exit(try assignment.compile(fileName) ? 0 : 1)
} catch {
    StandardError.write("masugata-config: \(error.text)")
    exit(2)
}
