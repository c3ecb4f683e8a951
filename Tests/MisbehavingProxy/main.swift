// NAME
//     MisbehavingProxy - stands in for masugata-proxy as one that an attacker has taken over
//
// DESCRIPTION
//     Becomes the real proxy, `masugata-proxy.real` beside itself, unless there is a file `abuse` beside it. Then it
//     says that it is confined, takes its channels, and does with them what the file says (see Abuse.swift).
//
// SECURITY
//     For tests. It is not confined and does nothing beyond its channels.

import Glibc
import Sys
import Wire

signal(SIGPIPE, SIG_IGN)
let folder = try Host.programFolder()

guard let word = Host.setting("\(folder)/abuse"), let abuse = Abuse(rawValue: word) else {
    let real = "\(folder)/masugata-proxy.real"
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(real), nil]
    execv(real, &arguments)
    exit(1)
}

var port = ControlPort()

while true {
    var entry = pollfd(fd: port.raw, events: Int16(POLLIN), revents: 0)
    poll(&entry, 1, -1)
    var descriptors = Descriptors()
    switch port.next(&descriptors) {
    case .nothing: continue
    case .ended: exit(0)
    case .order(.identity):
        port.report(.confined(landlock: 7, filters: 1, memoryLocked: false, secretMemory: false, missing: ""))
        if abuse == .control { port.report(.drained) }
    case .order(.attach(let purpose, _)):
        // They stay open until the process is killed.
        guard let channel = descriptors.take(0)?.release() else { exit(1) }
        abuse.commit(purpose, channel, wakeUp: descriptors.take(1)?.release() ?? -1)
    case .order: continue
    }
}
