// Attempts to get out of the sandbox, one function each. Linked into masugata-selftest alone.
#pragma once

#include <stdint.h>
#include <sys/types.h>

/// What an attempt has at hand: the things that a process in the sandbox was given by the outside.
struct masugata_escape_tools {
    /// A TCP socket of the host's network, connected to somewhere it may be connected to.
    int connected;
    /// A TCP socket of the host's network that is not connected yet.
    int loose;
    /// A folder of the host that was passed as a descriptor.
    int folder;
    /// A port on 127.0.0.1 of the host where something listens that must not be reached.
    uint16_t forbidden_port;
    /// A process that must not be touched.
    pid_t victim;
};

enum {
    MASUGATA_ESCAPE_DISCONNECT = 1,
    MASUGATA_ESCAPE_RECONNECT,
    MASUGATA_ESCAPE_FAST_OPEN,
    MASUGATA_ESCAPE_FAST_OPEN_MESSAGE,
    MASUGATA_ESCAPE_FAST_OPEN_CONNECT,
    MASUGATA_ESCAPE_SEND_MANY,
    MASUGATA_ESCAPE_BIND,
    MASUGATA_ESCAPE_LISTEN,
    MASUGATA_ESCAPE_SOCKET_INET,
    MASUGATA_ESCAPE_SOCKET_INET6,
    MASUGATA_ESCAPE_SOCKET_UNIX,
    MASUGATA_ESCAPE_SOCKET_VSOCK,
    MASUGATA_ESCAPE_SOCKET_NETLINK,
    MASUGATA_ESCAPE_SOCKET_MPTCP,
    MASUGATA_ESCAPE_SOCKET_PAIR,
    MASUGATA_ESCAPE_IO_URING,
    MASUGATA_ESCAPE_OPEN,
    MASUGATA_ESCAPE_OPEN_ABOVE,
    MASUGATA_ESCAPE_OPEN_SELF,
    MASUGATA_ESCAPE_EXECUTE,
    MASUGATA_ESCAPE_FORK,
    MASUGATA_ESCAPE_TRACE,
    MASUGATA_ESCAPE_READ_MEMORY,
    MASUGATA_ESCAPE_SIGNAL,
    MASUGATA_ESCAPE_EXECUTABLE_MEMORY,
    MASUGATA_ESCAPE_EXECUTABLE_AGAIN,
    MASUGATA_ESCAPE_MEMORY_FILE,
    MASUGATA_ESCAPE_NAMESPACE,
    MASUGATA_ESCAPE_MOUNT,
    MASUGATA_ESCAPE_BECOME_ROOT,
    MASUGATA_ESCAPE_BPF,
    MASUGATA_ESCAPE_KEYRING,
    MASUGATA_ESCAPE_DESCRIPTOR_OWNER,
};

/// A TCP socket that is not connected, for the tools. Returns it or -1.
int masugata_escape_loose_socket(void);

/// Makes one attempt. Returns 0 when it succeeded, which must not be, or else the error that it met.
/// In a sandbox that holds, most attempts never return.
int masugata_escape(int attempt, struct masugata_escape_tools tools);
