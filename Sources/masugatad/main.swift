// NAME
//     masugatad - the Masugata appliance: starts, connects, watches and ends all its processes
//
// SYNOPSIS
//     masugatad --policy FILE [--state DIR] [--workers N]
//
// DESCRIPTION
//     Has the policy compiled by masugata-config, opens the files and binds the addresses that the plan names, starts
//     the key-holder, the dialer, the log writer and one proxy for each processor, and hands each what it needs as
//     descriptors. Prints one line, `ready`, when connections are accepted. SIGHUP reads the policy again: the new one
//     is built beside the old in every process and served by all or by none. SIGTERM and SIGINT finish the requests
//     under way and end; a second one ends at once. Processes that die are started again. `masugata` asks and tells it
//     things by DIR/control.sock (see ControlSocket.swift).
//
//     Exits 0 when told to end, 1 when the policy cannot be served, 2 when the command line is wrong.
//
//     Started without root it runs the same processes with what user namespaces allow, as one user, and says what is
//     missing.
//
// SECURITY
//     Runs as root with few capabilities: it binds ports, opens policy, certificates and keys, and changes its
//     children's users and namespaces. It reads none of the files: their descriptors go to the process that may. The
//     only bytes it takes from others are fixed-format reports of its children, checked against a permit table
//     (Conversation.swift), the compiled plan, checked in every part, and one short word from the operator. Its
//     compromise is the host's. Nothing that comes from the network reaches it.

import Glibc
import Sys

// init
let arguments: Arguments
do throws(Arguments.Mistake) {
    let words = CommandLine.arguments.dropFirst()
    if words.contains("--help") || words.contains("-h") {
        StandardOutput.write(Arguments.usage)
        exit(0)
    }
    arguments = try Arguments(words)
} catch {
    StandardError.write("masugatad: \(error.text)\n\(Arguments.usage)")
    exit(2)
}
Host.raiseDescriptorLimit()
HostChecks.warn()

// channels
let supervisor: Supervisor
do throws(Failure) {
    supervisor = try Supervisor(arguments)
} catch {
    StandardError.write("masugatad: \(error.text)")
    exit(1)
}

// sandbox and drop: after the first policy is served, in Supervisor.becomeReady

// loop
exit(supervisor.run())
