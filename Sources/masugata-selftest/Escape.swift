internal import CEscapes

/// A way out that somebody who owns a sandboxed process would try.
enum Escape: Int32, CaseIterable {
    case disconnect = 1
    case reconnect, fastOpen, fastOpenMessage, fastOpenConnect, sendMany, bind, listen
    case socketInternet, socketInternet6, socketUnix, socketVirtualMachine, socketNetlink, socketMultipath, socketPair
    case ring, open, openAbove, openSelf, execute, fork, trace, readMemory, signal
    case executableMemory, executableAgain, memoryFile, namespace, mount, becomeRoot, program, keyring, descriptorOwner

    /// What is tried, as it stands in the test's output.
    var name: String {
        switch self {
        case .disconnect: "connect(AF_UNSPEC) on an upstream socket"
        case .reconnect: "connect elsewhere with an upstream socket"
        case .fastOpen: "sendto(MSG_FASTOPEN) elsewhere"
        case .fastOpenMessage: "sendmsg(MSG_FASTOPEN) elsewhere"
        case .fastOpenConnect: "setsockopt(TCP_FASTOPEN_CONNECT)"
        case .sendMany: "sendmmsg"
        case .bind: "bind"
        case .listen: "listen"
        case .socketInternet: "socket(AF_INET)"
        case .socketInternet6: "socket(AF_INET6)"
        case .socketUnix: "socket(AF_UNIX)"
        case .socketVirtualMachine: "socket(AF_VSOCK)"
        case .socketNetlink: "socket(AF_NETLINK)"
        case .socketMultipath: "socket(IPPROTO_MPTCP)"
        case .socketPair: "socketpair"
        case .ring: "io_uring_setup"
        case .open: "open /etc/passwd"
        case .openAbove: "open ../../etc/passwd from a passed folder"
        case .openSelf: "open /proc/self/mem"
        case .execute: "execve /bin/true"
        case .fork: "clone"
        case .trace: "ptrace the supervisor"
        case .readMemory: "process_vm_readv of the supervisor"
        case .signal: "kill the supervisor"
        case .executableMemory: "mmap(PROT_EXEC)"
        case .executableAgain: "mprotect(PROT_EXEC)"
        case .memoryFile: "memfd_create"
        case .namespace: "unshare(CLONE_NEWUSER)"
        case .mount: "mount"
        case .becomeRoot: "setresuid(0)"
        case .program: "bpf"
        case .keyring: "keyctl"
        case .descriptorOwner: "fcntl(F_SETOWN)"
        }
    }
}
