import Sys

/// Settings of the host that weaken the appliance. They are said at the start and do not stop it.
enum HostChecks {
    /// Says what the operator should change.
    static func warn() {
        if let value = Host.setting("/proc/sys/net/ipv4/tcp_fastopen"), value.first != "0" {
            StandardError.write(
                "masugatad: warning: net.ipv4.tcp_fastopen is on; with 'sysctl -w net.ipv4.tcp_fastopen=0' the kernel itself "
                    + "refuses what the system call filter of the proxy forbids")
        }
        if !Account.isRoot {
            StandardError.write(
                "masugatad: warning: started without root: all processes run as one user, and ports below 1024 are out of reach"
            )
        }
    }
}
