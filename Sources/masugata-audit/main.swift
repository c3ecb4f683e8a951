// NAME
//     masugata-audit - reads the audit log
//
// DESCRIPTION
//     Shows the end of an audit log, follows it, and searches it. Needs nothing but the folder of the log: no daemon,
//     no policy, no network.
//
// SECURITY
//     Runs as whoever calls it and talks to nobody. It reads files that hold what strangers sent to a server: every
//     line is checked, and what could steer a terminal is shown as an escape. It writes nothing but its output.

internal import ArgumentParser

MasugataAudit.main()
