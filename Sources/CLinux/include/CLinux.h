// What Swift's Glibc module cannot call: variadic, inline or macro interfaces of Linux, and fork with exec.
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// The most descriptors that one message, or one started program, may be given (the kernel's own limit is 253).
#define MASUGATA_DESCRIPTORS_MAX 64

/// An Internet socket address in one shape: IPv4 stands as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2).
struct masugata_address {
    uint8_t bytes[16];
    uint32_t scope;
    uint16_t port;
    uint16_t is_ipv6;
};

/// accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC; fills `peer`. Returns the descriptor or -errno.
int masugata_accept(int listener, struct masugata_address *peer);

/// A listening stream socket with SO_REUSEADDR and SO_REUSEPORT (and IPV6_V6ONLY). Returns it or -errno.
int masugata_listen(const struct masugata_address *address, int backlog);

/// Starts a non-blocking connect with TCP_NODELAY set. Returns the descriptor or -errno.
int masugata_connect(const struct masugata_address *address);

/// The pending error of a socket (SO_ERROR), or -errno.
int masugata_socket_error(int fd);

/// The local address of a socket. Returns 0 or -errno.
int masugata_local_address(int fd, struct masugata_address *address);

/// One sendmsg of two runs of bytes with MSG_NOSIGNAL. Returns the count or -errno.
ssize_t masugata_send_two(int fd, const void *first, size_t first_count, const void *second, size_t second_count);

/// Sends one message with descriptors over a seqpacket socket, without waiting. Returns 0 or -errno.
int masugata_channel_send(int fd, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count);

/// Receives one message with up to `capacity` descriptors, close-on-exec, without waiting.
/// Returns the byte count (0 at end) or -errno; -EMSGSIZE when bytes or descriptors were cut off, in which
/// case every descriptor that did arrive has been closed.
ssize_t masugata_channel_receive(int fd, void *bytes, size_t count, int *descriptors, size_t capacity,
                                 size_t *descriptor_count);

/// Starts a program by fork and exec. `descriptors[i]` becomes descriptor `i` in it (-1: /dev/null); every
/// other descriptor is closed, all signals are unblocked and at their defaults. With `death_signal` not 0 the
/// program gets that signal when the caller ends. Returns the pid, or -errno (of fork or of exec).
pid_t masugata_spawn(const char *path, char *const arguments[], char *const environment[], const int *descriptors,
                     size_t descriptor_count, int death_signal);

int masugata_pidfd_open(pid_t pid);
int masugata_memfd_create(const char *name, bool sealable);
int masugata_memfd_secret(void);
/// Gives the pages of code and constants of all loaded objects back to the page cache; those that are used again are
/// found there. Pages that were ever written, relocated ones among them, are left alone.
void masugata_release_clean_pages(void);
/// Seals a memory file against every change. Returns 0 or -errno.
int masugata_seal(int fd);
bool masugata_is_sealed(int fd);
int masugata_close_range(unsigned first, unsigned last);
int masugata_pivot_root(const char *new_root, const char *put_old);
int masugata_openat_regular(int directory, const char *path);

/// Opens a file for reading whose path, and whatever links are on it, stays below `folder`. Returns it or -errno.
int masugata_open_beneath(int folder, const char *path);
/// struct landlock_ruleset_attr up to version 7; the build machine's header may know less.
struct masugata_landlock_attributes {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

/// Leaves namespaces. Returns 0 or -errno.
int masugata_unshare(int flags);
/// Becomes user and group for good, without further groups. Returns 0 or -errno.
int masugata_become(uid_t user, gid_t group);
/// Writes all of `text` to an existing file. Returns 0 or -errno.
int masugata_write_file(const char *path, const char *text, size_t count);
/// A descriptor that only names a file (O_PATH), following links. Returns it or -errno.
int masugata_open_path(const char *path);
/// A descriptor for the folder `path` that is the root of a mount of its own, which is attached nowhere: `..` does not lead
/// out of it. No links are followed in it, nothing in it is executable or a device. Returns it or -errno.
int masugata_detached_folder(const char *path);
/// The same for a caller who is not root: a child of its own makes the mount in a user namespace and hands it over.
int masugata_detached_folder_by_user(const char *path);
/// Whether `address` can be bound to by one who shares it with nobody. Returns 0 or -errno (-EADDRINUSE).
int masugata_probe_address(const struct masugata_address *address);
/// A listening stream socket at `path`, for this user alone; a socket file that is there is replaced.
/// Returns it or -errno.
int masugata_listen_local(const char *path);
/// Accepts from such a socket and says who the peer is. Returns the descriptor or -errno.
int masugata_accept_local(int listener, uid_t *user, pid_t *process);
/// Sends one datagram to the socket at `path` (`@`: abstract). Returns 0 or -errno.
int masugata_send_datagram(const char *path, const void *bytes, size_t count);
/// What the link `path` points to, into `target` (cut to `capacity`). Returns its length or -errno.
ssize_t masugata_read_link(const char *path, char *target, size_t capacity);
/// Opens a folder for reading, close-on-exec. Returns it or -errno.
int masugata_open_folder(const char *path);
int masugata_landlock_create_ruleset(const void *attributes, size_t size, uint32_t flags);
int masugata_landlock_restrict_self(int ruleset);
int masugata_landlock_add_path(int ruleset, int directory, uint64_t access);

static inline uint64_t masugata_load_acquire(const uint64_t *value) { return __atomic_load_n(value, __ATOMIC_ACQUIRE); }
static inline void masugata_store_release(uint64_t *value, uint64_t to) {
    __atomic_store_n(value, to, __ATOMIC_RELEASE);
}
static inline uint64_t masugata_exchange(uint64_t *value, uint64_t to) {
    return __atomic_exchange_n(value, to, __ATOMIC_ACQ_REL);
}
static inline int masugata_compare_exchange(uint64_t *value, uint64_t from, uint64_t to) {
    return __atomic_compare_exchange_n(value, &from, to, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
static inline int masugata_fcntl(int fd, int command, long argument) { return fcntl(fd, command, argument); }
static inline int masugata_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
    return prctl(option, a, b, c, d);
}
static inline int masugata_wait_exit_code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
static inline int masugata_wait_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
static inline void masugata_ignore_signal(int number) { signal(number, SIG_IGN); }

/// The symbolic name and the English meaning of an error number, without locale; NULL when unknown.
const char *masugata_error_name(int code);
const char *masugata_error_meaning(int code);
