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

internal import Glibc
internal import Relay
internal import Sandbox
internal import Sys
internal import Wire

run()

func run() -> Never {
    // Init: everything that will ever be needed is reserved now.
    Signals.ignoreBrokenPipes()

    // Channels.
    var port = ControlPort()
    let me = awaitIdentity(&port)

    do throws(WorkerError) {
        var worker = try Worker.make(control: port)
        worker.identify(worker: me.worker, incarnation: me.incarnation)

        // Sandbox, which drops the privileges too.
        worker.report(confine(as: me.identity))

        // Loop.
        exit(worker.run())
    } catch {
        end(error.text)
    }
}

/// Who this process is to be.
struct WorkerIdentity {
    let worker: UInt16
    let incarnation: UInt64
    let identity: Identity
}

/// Waits for the first order, which says who this process is to be.
func awaitIdentity(_ port: inout ControlPort) -> WorkerIdentity {
    do throws(Errno) {
        var poller = try Poller(capacity: 1)
        try poller.add(readable: port.raw, token: 0)
        var descriptors = Descriptors()
        while true {
            _ = poller.wait(milliseconds: -1)
            switch port.next(&descriptors) {
            case .order(.identity(.proxy, let worker, let incarnation, let userNamespace, let user, let group)):
                return WorkerIdentity(
                    worker: worker, incarnation: incarnation,
                    identity: Identity(userNamespace: userNamespace, user: user, group: group))
            case .nothing: continue
            case .order, .ended: end("the first order was not this process's identity; start it through masugatad")
            }
        }
    } catch {
        end("\(error); start it through masugatad")
    }
}

/// Enters the sandbox and answers with what to report about it.
func confine(as identity: Identity) -> ControlReport {
    do throws(SandboxError) {
        let confinement = try Sandbox.enter(.proxy, as: identity)
        return .confined(
            landlock: confinement.landlock, filters: confinement.filters, memoryLocked: false, secretMemory: false,
            missing: confinement.missingText)
    } catch {
        end("\(error)")
    }
}

/// Says why and ends: the supervisor starts another.
func end(_ reason: String) -> Never {
    StandardError.write("masugata-proxy: \(reason)")
    exit(1)
}
