// NAME
//     masugata-proxy - handles the internet's bytes
//
// DESCRIPTION
//     One of several workers, one for each core. Ends TLS, parses requests, decides by the plan what becomes of them,
//     passes them on to internal servers and the answers back, and writes a record of each. One thread, one loop,
//     nothing that waits. Listening sockets, connections to upstreams, plans and certificates come to it as
//     descriptors; signatures come from the key-holder.
//
// SECURITY
//     Talks to the internet by accepted connections; to the supervisor (descriptor 3), the key-holder and the dialer
//     by a channel each; to logd by a ring in shared memory. After the sandbox closes it can neither open a file nor
//     make a socket or a connection nor start a program: its list of system calls is in policies/sandbox.
//     Whoever takes it over can read and change what passes through it while it lives, have TLS handshakes signed
//     (counted, limited, and visible in the log), reach the plan's upstreams by way of the dialer, and resume sessions
//     of the current and the previous ticket epoch. No private key, no user's secret, no file and no other host is
//     within reach.

internal import Daemon
internal import Glibc
internal import Relay
internal import Sys
internal import Wire

func serve() -> Int32 {
    // Init.
    Signals.ignoreBrokenPipes()
    do {
        // Channels; and everything that will ever be needed is reserved now.
        var port = ControlPort()
        let appointment = try Appointment.receive(as: .proxy, from: &port)
        var worker = try Worker.make(control: port)
        worker.identify(worker: appointment.worker, incarnation: appointment.incarnation)

        // Sandbox, which drops the privileges too.
        worker.report(try Cell.enter(as: appointment))

        // Loop.
        return worker.run()
    } catch {
        // The supervisor starts another.
        StandardError.write("masugata-proxy: \(error)")
        return 1
    }
}

exit(serve())
