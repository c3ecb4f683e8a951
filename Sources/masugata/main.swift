// NAME
//     masugata - the operator's tool
//
// SYNOPSIS
//     masugata check FILE | fmt FILE... | explain FILE URL | show FILE | diff OLD NEW
//     masugata [--state DIR] reload | stop | status | processes | attest | selftest
//
// DESCRIPTION
//     Checks policies with the files they name and runs their tests, writes them in canonical form, explains what becomes
//     of a request, shows what holds and what changes, asks the running appliance how it is and tells it what to do, and
//     compares what the kernel says of each of its processes with what is promised of them.
//     `masugata help COMMAND` says more of each. Exits 0 when all is well, 1 when something is not, 64 when the command
//     line is wrong.
//
// SECURITY
//     Runs with the rights of whoever calls it and keeps nothing. Talks to the supervisor by DIR/control.sock, which
//     takes five words and nothing else (Sources/masugatad/ControlSocket.swift). `check` reads the policy, the
//     certificates and the keys in this process and forgets them; `fmt` replaces the policy; `processes` and `attest`
//     read /proc. No byte of the network reaches it. Its compromise is that of the operator's account.

import ArgumentParser

Masugata.main()
