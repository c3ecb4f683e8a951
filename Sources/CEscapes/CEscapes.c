#include "CEscapes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef const struct masugata_escape_tools *tools_t;

static int outcome(long result) { return result < 0 ? errno : 0; }

static struct sockaddr_in forbidden(tools_t tools) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(tools->forbidden_port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int disconnect(tools_t tools) {
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    return outcome(connect(tools->connected, &none, sizeof none));
}

static int reconnect(tools_t tools) {
    struct sockaddr_in address = forbidden(tools);
    disconnect(tools);
    int error = outcome(connect(tools->connected, (struct sockaddr *)&address, sizeof address));
    return error == EINPROGRESS ? 0 : error;
}

static int fast_open(tools_t tools) {
    struct sockaddr_in address = forbidden(tools);
    return outcome(
        sendto(tools->loose, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address));
}

static int fast_open_message(tools_t tools) {
    struct sockaddr_in address = forbidden(tools);
    struct iovec run = {"x", 1};
    struct msghdr message = {
        .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &run, .msg_iovlen = 1};
    return outcome(sendmsg(tools->loose, &message, MSG_FASTOPEN | MSG_NOSIGNAL));
}

static int fast_open_connect(tools_t tools) {
    int on = 1;
    return outcome(setsockopt(tools->loose, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on));
}

static int send_many(tools_t tools) {
    struct iovec run = {"x", 1};
    struct mmsghdr message = {.msg_hdr = {.msg_iov = &run, .msg_iovlen = 1}};
    return outcome(sendmmsg(tools->connected, &message, 1, MSG_NOSIGNAL));
}

static int bind_socket(tools_t tools) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return outcome(bind(tools->loose, (struct sockaddr *)&address, sizeof address));
}

static int listen_socket(tools_t tools) { return outcome(listen(tools->loose, 1)); }

static int make_pair(void) {
    int ends[2];
    return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
}

static int open_above(tools_t tools) { return outcome(openat(tools->folder, "../../../../etc/passwd", O_RDONLY)); }

static int execute(void) {
    char *arguments[] = {"/bin/true", NULL}, *environment[] = {NULL};
    return outcome(execve("/bin/true", arguments, environment));
}

static int fork_child(void) {
    long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    return outcome(pid);
}

static int read_memory(tools_t tools) {
    char byte;
    struct iovec local = {&byte, 1}, remote = {(void *)&outcome, 1};
    return outcome(process_vm_readv(tools->victim, &local, 1, &remote, 1, 0));
}

static int executable_memory(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0;
}

static int executable_again(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return errno;
    return outcome(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

static int sockets(int attempt) {
    switch (attempt) {
    case MASUGATA_ESCAPE_SOCKET_INET: return outcome(socket(AF_INET, SOCK_STREAM, 0));
    case MASUGATA_ESCAPE_SOCKET_INET6: return outcome(socket(AF_INET6, SOCK_STREAM, 0));
    case MASUGATA_ESCAPE_SOCKET_UNIX: return outcome(socket(AF_UNIX, SOCK_STREAM, 0));
    case MASUGATA_ESCAPE_SOCKET_VSOCK: return outcome(socket(AF_VSOCK, SOCK_STREAM, 0));
    case MASUGATA_ESCAPE_SOCKET_NETLINK: return outcome(socket(AF_NETLINK, SOCK_RAW, 0));
    case MASUGATA_ESCAPE_SOCKET_MPTCP: return outcome(socket(AF_INET, SOCK_STREAM, 262));
    default: return make_pair();
    }
}

int masugata_escape_loose_socket(void) { return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int masugata_escape(int attempt, struct masugata_escape_tools at_hand) {
    tools_t tools = &at_hand;
    char parameters[256] = {0};
    switch (attempt) {
    case MASUGATA_ESCAPE_DISCONNECT: return disconnect(tools);
    case MASUGATA_ESCAPE_RECONNECT: return reconnect(tools);
    case MASUGATA_ESCAPE_FAST_OPEN: return fast_open(tools);
    case MASUGATA_ESCAPE_FAST_OPEN_MESSAGE: return fast_open_message(tools);
    case MASUGATA_ESCAPE_FAST_OPEN_CONNECT: return fast_open_connect(tools);
    case MASUGATA_ESCAPE_SEND_MANY: return send_many(tools);
    case MASUGATA_ESCAPE_BIND: return bind_socket(tools);
    case MASUGATA_ESCAPE_LISTEN: return listen_socket(tools);
    case MASUGATA_ESCAPE_SOCKET_INET ... MASUGATA_ESCAPE_SOCKET_PAIR: return sockets(attempt);
    case MASUGATA_ESCAPE_IO_URING: return outcome(syscall(SYS_io_uring_setup, 1, parameters));
    case MASUGATA_ESCAPE_OPEN: return outcome(open("/etc/passwd", O_RDONLY));
    case MASUGATA_ESCAPE_OPEN_ABOVE: return open_above(tools);
    case MASUGATA_ESCAPE_OPEN_SELF: return outcome(open("/proc/self/mem", O_RDWR));
    case MASUGATA_ESCAPE_EXECUTE: return execute();
    case MASUGATA_ESCAPE_FORK: return fork_child();
    case MASUGATA_ESCAPE_TRACE: return outcome(ptrace(PTRACE_SEIZE, tools->victim, NULL, NULL));
    case MASUGATA_ESCAPE_READ_MEMORY: return read_memory(tools);
    case MASUGATA_ESCAPE_SIGNAL: return outcome(kill(tools->victim, 0));
    case MASUGATA_ESCAPE_EXECUTABLE_MEMORY: return executable_memory();
    case MASUGATA_ESCAPE_EXECUTABLE_AGAIN: return executable_again();
    case MASUGATA_ESCAPE_MEMORY_FILE: return outcome(memfd_create("x", 0));
    case MASUGATA_ESCAPE_NAMESPACE: return outcome(unshare(CLONE_NEWUSER));
    case MASUGATA_ESCAPE_MOUNT: return outcome(mount("x", "/", "proc", 0, NULL));
    case MASUGATA_ESCAPE_BECOME_ROOT: return outcome(setresuid(0, 0, 0));
    case MASUGATA_ESCAPE_BPF: return outcome(syscall(SYS_bpf, 5, parameters, 64));
    case MASUGATA_ESCAPE_KEYRING: return outcome(syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3, 1));
    case MASUGATA_ESCAPE_DESCRIPTOR_OWNER: return outcome(fcntl(tools->connected, F_SETOWN, tools->victim));
    default: return EINVAL;
    }
}
