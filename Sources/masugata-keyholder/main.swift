// NAME
//     masugata-keyholder - holds the TLS private keys and signs handshakes with them
//
// DESCRIPTION
//     Started by masugatad alone. Private keys arrive as open files over the control channel (descriptor 3), one
//     generation of the policy beside the other. Each worker has a channel of its own, over which it asks for
//     signatures; over the same channel it is sent the session ticket keys of the current and the previous epoch.
//
// SECURITY
//     Talks to: the supervisor (control channel) and the workers (one signing channel each). It has no network, no
//     file system and no way to start anything.
//     May do: sign what a TLS server signs in a handshake. It builds the TLS 1.3 CertificateVerify itself and reads
//     the TLS 1.2 ServerKeyExchange before it signs it. It cannot decrypt, act as a client or sign a digest it was
//     handed. The first request that an honest worker could not have made ends that worker's channel.
//     A compromised worker gains: signatures for handshakes of its own making, as many as its rate allows, counted,
//     until it is ended; never a key.
//     Its own compromise yields: the private keys and the master of the session tickets.

internal import CKeyArena
internal import Crypto
internal import Glibc
internal import Sandbox
internal import Sys
internal import Wire

run()

func run() -> Never {
    // Init: nothing may use libcrypto before its heap is where it belongs.
    Signals.ignoreBrokenPipes()
    let memory = SecretMemory.enter()
    Crypto.initialize()

    // Channels.
    var port = ControlPort()
    let identity = awaitIdentity(&port)

    // Sandbox, which drops the privileges too, and hides the memory. Keys come only after that.
    port.report(confine(as: identity, memory))

    // Loop.
    do throws(Errno) {
        var holder = try KeyHolder(port: port, limits: SigningLimits())
        holder.run()
        exit(0)
    } catch {
        end("\(error); report this with the kernel's version")
    }
}

/// Waits for the first order, which says who this process is to be.
func awaitIdentity(_ port: inout ControlPort) -> Identity {
    do throws(Errno) {
        var poller = try Poller(capacity: 1)
        try poller.add(readable: port.raw, token: 0)
        var descriptors = Descriptors()
        while true {
            _ = poller.wait(milliseconds: -1)
            switch port.next(&descriptors) {
            case .order(.identity(.keyholder, _, _, let userNamespace, let user, let group)):
                return Identity(userNamespace: userNamespace, user: user, group: group)
            case .nothing: continue
            case .order, .ended: end("the first order was not this process's identity; start it through masugatad")
            }
        }
    } catch {
        end("\(error); start it through masugatad")
    }
}

/// Enters the sandbox and answers with what to report about it.
func confine(as identity: Identity, _ memory: SecretMemory) -> ControlReport {
    do throws(SandboxError) {
        let confinement = try Sandbox.enter(.keyholder, as: identity)
        let missing = (confinement.missing + memory.missing).joined(separator: "; ")
        return .confined(
            landlock: confinement.landlock, filters: confinement.filters, memoryLocked: memory.isLocked,
            secretMemory: memory.isSecret, missing: missing)
    } catch {
        end("\(error)")
    }
}

func end(_ reason: String) -> Never {
    StandardError.write("masugata-keyholder: \(reason)")
    exit(1)
}
