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

internal import Crypto
internal import Daemon
internal import Glibc
internal import Sys
internal import Wire

func serve() -> Int32 {
    // Init: nothing may use libcrypto before its heap is where it belongs.
    Signals.ignoreBrokenPipes()
    let memory = SecretMemory.enter()
    Crypto.initialize()
    do {
        // Channels.
        var port = ControlPort()
        let appointment = try Appointment.receive(as: .keyholder, from: &port)

        // Sandbox, which drops the privileges too, and hides the memory. Keys come only after that.
        port.report(try Cell.enter(as: appointment, memory: memory))

        // Loop.
        var holder = try KeyHolder(port: port, limits: SigningLimits())
        holder.run()
        return 0
    } catch {
        StandardError.write("masugata-keyholder: \(error)")
        return 1
    }
}

exit(serve())
