import Sys

/// What the service manager is told (sd_notify(3)), when there is one.
struct Notify {
    private let socket: String?
    /// How often the manager wants to hear that all is well, microseconds; nil when it does not.
    let watchdog: UInt64?

    /// As the environment says.
    init() {
        socket = Host.environment("NOTIFY_SOCKET")
        watchdog = Host.environment("WATCHDOG_USEC").flatMap(UInt64.init)
    }

    /// Accepting; `status` is shown by `systemctl status`.
    func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }

    /// A new policy is being taken on.
    func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(Clock.monotonic())") }

    /// Draining.
    func stopping() { send("STOPPING=1") }

    /// Every process has answered.
    func alive() { send("WATCHDOG=1") }

    private func send(_ text: String) {
        guard let socket else { return }
        try? LocalSocket.send(Array(text.utf8).span, to: socket)
    }
}
