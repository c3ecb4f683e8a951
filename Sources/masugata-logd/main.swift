// NAME
//     masugata-logd - the only writer of logs
//
// DESCRIPTION
//     Takes finished requests out of the rings that it shares with the workers, and events from the supervisor, and
//     appends them to the audit log (JSON Lines, in segments) and to the access log (combined format). A record
//     leaves its ring only when its line is written; a log writer that is started after one that died goes on where
//     that one stopped. Segments are closed by size and age and removed when the policy says so.
//
// SECURITY
//     Talks to the supervisor (descriptor 3) and reads the workers' rings. It believes nothing it reads there: a
//     record is copied, checked and escaped before it is written, and a worker that breaks the rules is reported.
//     It runs as its own user without a network and reaches no file but those in the log folders, which come as
//     descriptors. Whoever takes it over can alter or withhold log lines; there is no key, no user's secret and no
//     way to other processes here.

internal import Daemon
internal import Glibc
internal import Sys
internal import Wire

func serve() -> Int32 {
    Signals.ignoreBrokenPipes()
    do {
        var daemon = try LogDaemon(ControlPort())
        let appointment = try Appointment.receive(as: .logd, from: &daemon.port)
        daemon.port.report(try Cell.enter(as: appointment))
        return daemon.run()
    } catch {
        StandardError.write("masugata-logd: \(error)")
        return 1
    }
}

exit(serve())
