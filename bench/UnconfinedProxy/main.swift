// NAME
//     UnconfinedProxy - masugata-proxy without its sandbox, for a profiler
//
// DESCRIPTION
//     The same worker, which says that it is confined and is not: a profiler needs system calls that the sandbox kills
//     for. `bench/instructions` starts it under valgrind in the place of masugata-proxy.
//
// SECURITY
//     For measurements alone. It is not installed.

internal import Daemon
internal import Glibc
internal import Relay
internal import Sys
internal import Wire

func serve() -> Int32 {
    Signals.ignoreBrokenPipes()
    // The supervisor kills whose channel ends; the profiler still has to write by then.
    _ = dup(ControlPort.descriptor)
    do {
        var port = ControlPort()
        let appointment = try Appointment.receive(as: .proxy, from: &port)
        var worker = try Worker.make(control: port)
        worker.identify(worker: appointment.worker, incarnation: appointment.incarnation)
        worker.report(
            .confined(landlock: 0, filters: 0, memoryLocked: false, secretMemory: false, missing: "everything"))
        return worker.run()
    } catch {
        StandardError.write("UnconfinedProxy: \(error)")
        return 1
    }
}

exit(serve())
