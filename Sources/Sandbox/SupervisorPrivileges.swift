internal import CCap
internal import CLinux
internal import Glibc
internal import Sys

extension Sandbox {
    /// Cuts the capabilities of the calling process, the supervisor, and of all that it starts later, to what starting,
    /// binding and reloading need. Does nothing without root.
    public static func reduceSupervisor() throws(SandboxError) {
        if !Account.isRoot { return }
        try SandboxError.step("supervisor's capabilities", remedy: "start masugatad with the capabilities of its unit")
        {
            () throws(Errno) in
            try dropBounding()
            try keepNeeded()
            if masugata_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 { throw Errno.last("PR_SET_NO_NEW_PRIVS") }
        }
    }

    /// What each is for: ports below 1024; namespaces and mounts of the children, detached log folders; the children's
    /// users and groups, their bounding set; ending children; opening what root owns in folders of others; giving
    /// new log folders to the log writer; locked memory of the key-holder.
    private static let needed: [cap_value_t] = [
        CAP_NET_BIND_SERVICE, CAP_SYS_ADMIN, CAP_SETUID, CAP_SETGID, CAP_SETPCAP, CAP_KILL, CAP_DAC_READ_SEARCH,
        CAP_CHOWN,
        CAP_IPC_LOCK,
    ]

    private static func dropBounding() throws(Errno) {
        var number: cap_value_t = 0
        while cap_get_bound(number) >= 0 {
            if !needed.contains(number) && cap_get_bound(number) == 1 && cap_drop_bound(number) < 0 {
                throw Errno.last("PR_CAPBSET_DROP")
            }
            number += 1
        }
    }

    private static func keepNeeded() throws(Errno) {
        guard let present = unsafe cap_get_proc() else { throw Errno.last("cap_get_proc") }
        defer { _ = unsafe cap_free(UnsafeMutableRawPointer(present)) }
        guard let wanted = unsafe cap_init() else { throw Errno.last("cap_init") }
        defer { _ = unsafe cap_free(UnsafeMutableRawPointer(wanted)) }
        for capability in needed {
            var state = CAP_CLEAR
            if unsafe cap_get_flag(present, capability, CAP_PERMITTED, &state) < 0 || state == CAP_CLEAR { continue }
            for flag in [CAP_PERMITTED, CAP_EFFECTIVE] {
                if unsafe cap_set_flag(wanted, flag, 1, [capability], CAP_SET) < 0 { throw Errno.last("cap_set_flag") }
            }
        }
        if unsafe cap_set_proc(wanted) < 0 { throw Errno.last("capset") }
    }
}
