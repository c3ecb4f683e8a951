/// The names of capabilities(7), by their bits.
enum CapabilityNames {
    private static let names = [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
        "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner",
        "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice",
        "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap",
        "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf",
        "checkpoint_restore",
    ]

    /// The capabilities of a set, or `none`.
    static func text(_ set: UInt64) -> String {
        let present = (0..<64).filter { set >> UInt64($0) & 1 == 1 }
        if present.isEmpty { return "none" }
        return present.map { $0 < names.count ? names[$0] : "capability \($0)" }.joined(separator: " ")
    }
}
