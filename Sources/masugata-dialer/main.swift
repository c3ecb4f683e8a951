// NAME
//     masugata-dialer - connects to upstream servers on behalf of the workers
//
// DESCRIPTION
//     A worker asks for a connection to upstream number n of the plan; the dialer connects and hands the connected
//     descriptor over. Requests and answers travel in batches. Names are resolved when a plan is prepared and again
//     later, by a child process, because the C library's resolver waits. The connections to one server that all
//     workers have together are counted and capped.
//
// SECURITY
//     Talks to the supervisor (descriptor 3), to the workers by one channel each, to name servers and to the plan's
//     upstreams. It never takes an address from a worker, reads nothing that an upstream sends, and has no secret.
//     A worker that breaks the rules of its channel is cut off and reported. It runs as its own user, can start no
//     program, listen nowhere, and read no file but those of name resolution. Whoever takes it over can connect to
//     any address that the host reaches.

internal import Daemon
internal import Glibc
internal import Sys
internal import Wire

func serve() -> Int32 {
    Signals.ignoreBrokenPipes()
    do {
        // The child first: nothing can be started from within the sandbox.
        let resolver = try Resolver.start()
        var dialer = try Dialer(ControlPort(), resolver: resolver)
        let appointment = try Appointment.receive(as: .dialer, from: &dialer.port)
        try dialer.names.introduce(appointment.identity)
        dialer.port.report(try Cell.enter(as: appointment))
        return dialer.run()
    } catch {
        StandardError.write("masugata-dialer: \(error)")
        return 1
    }
}

exit(serve())
