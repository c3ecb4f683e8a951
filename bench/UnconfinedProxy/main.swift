// NAME
//     UnconfinedProxy - masugata-proxy without its sandbox, for a profiler
//
// DESCRIPTION
//     The same worker, which says that it is confined and is not: a profiler needs system calls that the sandbox kills
//     for. `bench/instructions` starts it under valgrind in the place of masugata-proxy.
//
// SECURITY
//     For measurements alone. It is not installed.

internal import Glibc
internal import Relay
internal import Sys
internal import Wire

run()

func run() -> Never {
    Signals.ignoreBrokenPipes()
    // The supervisor kills whose channel ends; the profiler still has to write by then.
    _ = dup(ControlPort.descriptor)
    var port = ControlPort()
    let me = awaitIdentity(&port)
    do throws(WorkerError) {
        var worker = try Worker.make(control: port)
        worker.identify(worker: me.worker, incarnation: me.incarnation)
        worker.report(
            .confined(landlock: 0, filters: 0, memoryLocked: false, secretMemory: false, missing: "everything"))
        exit(worker.run())
    } catch {
        end(error.text)
    }
}

/// Waits for the first order, which says who this process is to be.
func awaitIdentity(_ port: inout ControlPort) -> (worker: UInt16, incarnation: UInt64) {
    var descriptors = Descriptors()
    while true {
        switch port.next(&descriptors) {
        case .order(.identity(.proxy, let worker, let incarnation, _, _, _)): return (worker, incarnation)
        case .nothing: usleep(1_000)
        case .order, .ended: end("the first order was not this process's identity")
        }
    }
}

/// Says why and ends.
func end(_ reason: String) -> Never {
    StandardError.write("UnconfinedProxy: \(reason)")
    exit(1)
}
