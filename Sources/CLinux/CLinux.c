#include "CLinux.h"

#include <stdio.h>
#include <link.h>
#include <linux/openat2.h>
#include <stdlib.h>

#ifdef MOUNT_ATTR_NOSYMFOLLOW
#define MASUGATA_MOUNT_ATTR_NOSYMFOLLOW MOUNT_ATTR_NOSYMFOLLOW
#else
#define MASUGATA_MOUNT_ATTR_NOSYMFOLLOW 0x00200000
#endif

static const uint8_t mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static void from_kernel(const struct sockaddr_storage *storage, struct masugata_address *address) {
    memset(address, 0, sizeof *address);
    if (storage->ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)storage;
        memcpy(address->bytes, mapped_prefix, 12);
        memcpy(address->bytes + 12, &v4->sin_addr, 4);
        address->port = ntohs(v4->sin_port);
    } else if (storage->ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)storage;
        memcpy(address->bytes, &v6->sin6_addr, 16);
        address->scope = v6->sin6_scope_id;
        address->port = ntohs(v6->sin6_port);
        address->is_ipv6 = 1;
    }
}

static socklen_t to_kernel(const struct masugata_address *address, struct sockaddr_storage *storage) {
    memset(storage, 0, sizeof *storage);
    if (!address->is_ipv6) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)storage;
        v4->sin_family = AF_INET;
        memcpy(&v4->sin_addr, address->bytes + 12, 4);
        v4->sin_port = htons(address->port);
        return sizeof *v4;
    }
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)storage;
    v6->sin6_family = AF_INET6;
    memcpy(&v6->sin6_addr, address->bytes, 16);
    v6->sin6_scope_id = address->scope;
    v6->sin6_port = htons(address->port);
    return sizeof *v6;
}

int masugata_accept(int listener, struct masugata_address *peer) {
    struct sockaddr_storage storage;
    socklen_t length = sizeof storage;
    int fd = accept4(listener, (struct sockaddr *)&storage, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return -errno;
    from_kernel(&storage, peer);
    return fd;
}

static int fail_closing(int fd) {
    int error = errno;
    close(fd);
    return -error;
}

int masugata_listen(const struct masugata_address *address, int backlog) {
    struct sockaddr_storage storage;
    socklen_t length = to_kernel(address, &storage);
    int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) return fail_closing(fd);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0) return fail_closing(fd);
    if (address->is_ipv6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) < 0) return fail_closing(fd);
    // Inherited by what is accepted, so the proxy needs no setsockopt for each connection.
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0) return fail_closing(fd);
    if (bind(fd, (struct sockaddr *)&storage, length) < 0) return fail_closing(fd);
    if (listen(fd, backlog) < 0) return fail_closing(fd);
    return fd;
}

int masugata_connect(const struct masugata_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = to_kernel(address, &storage);
    int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0) return fail_closing(fd);
    if (connect(fd, (struct sockaddr *)&storage, length) < 0 && errno != EINPROGRESS) return fail_closing(fd);
    return fd;
}

int masugata_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0) return -errno;
    return error;
}

int masugata_local_address(int fd, struct masugata_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = sizeof storage;
    if (getsockname(fd, (struct sockaddr *)&storage, &length) < 0) return -errno;
    from_kernel(&storage, address);
    return 0;
}

ssize_t masugata_send_two(int fd, const void *first, size_t first_count, const void *second, size_t second_count) {
    struct iovec runs[2] = {{(void *)first, first_count}, {(void *)second, second_count}};
    struct msghdr message = {.msg_iov = runs, .msg_iovlen = 2};
    ssize_t count = sendmsg(fd, &message, MSG_NOSIGNAL);
    return count < 0 ? -errno : count;
}

int masugata_channel_send(int fd, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count) {
    struct iovec run = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &run, .msg_iovlen = 1};
    union {
        char bytes[CMSG_SPACE(MASUGATA_DESCRIPTORS_MAX * sizeof(int))];
        struct cmsghdr align;
    } control;
    if (descriptor_count > MASUGATA_DESCRIPTORS_MAX) return -EINVAL;
    if (descriptor_count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(descriptor_count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(descriptor_count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, descriptor_count * sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

ssize_t masugata_channel_receive(int fd, void *bytes, size_t count, int *descriptors, size_t capacity,
                                 size_t *descriptor_count) {
    struct iovec run = {bytes, count};
    union {
        char bytes[CMSG_SPACE(MASUGATA_DESCRIPTORS_MAX * sizeof(int))];
        struct cmsghdr align;
    } control;
    if (capacity > MASUGATA_DESCRIPTORS_MAX) return -EINVAL;
    struct msghdr message = {.msg_iov = &run, .msg_iovlen = 1};
    if (capacity > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(capacity * sizeof(int));
    }
    *descriptor_count = 0;
    ssize_t received;
    do received = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t many = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < many; i++) {
            int passed;
            memcpy(&passed, CMSG_DATA(header) + i * sizeof(int), sizeof passed);
            if (*descriptor_count < capacity)
                descriptors[(*descriptor_count)++] = passed;
            else
                close(passed);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        while (*descriptor_count > 0) close(descriptors[--*descriptor_count]);
        return -EMSGSIZE;
    }
    return received;
}

// Runs in the child between fork and exec: only async-signal-safe calls, no allocation.
static void become(const char *path, char *const arguments[], char *const environment[], int *descriptors,
                   size_t count, int death_signal, pid_t parent, int report) {
    int error = 0;
    if (death_signal) {
        prctl(PR_SET_PDEATHSIG, death_signal);
        if (getppid() != parent) _exit(127);
    }
    // First out of the way of the target numbers, then into place.
    int floor = (int)count + 1;
    int moved_report = fcntl(report, F_DUPFD_CLOEXEC, floor);
    for (size_t i = 0; i < count; i++) {
        int source = descriptors[i] >= 0 ? descriptors[i] : open("/dev/null", O_RDWR | O_CLOEXEC);
        descriptors[i] = fcntl(source, F_DUPFD_CLOEXEC, floor);
        if (descriptors[i] < 0) goto failed;
    }
    for (size_t i = 0; i < count; i++)
        if (dup2(descriptors[i], (int)i) < 0) goto failed;
    // The report descriptor stays until exec closes it; everything else above the targets goes now.
    dup3(moved_report, (int)count, O_CLOEXEC);
    moved_report = (int)count;
    masugata_close_range((unsigned)count + 1, ~0u);
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    umask(077);
    execve(path, arguments, environment);
failed:
    error = errno;
    ssize_t ignored = write(moved_report, &error, sizeof error);
    (void)ignored;
    _exit(127);
}

pid_t masugata_spawn(const char *path, char *const arguments[], char *const environment[], const int *descriptors,
                     size_t descriptor_count, int death_signal) {
    if (descriptor_count > MASUGATA_DESCRIPTORS_MAX) return -EINVAL;
    int copies[MASUGATA_DESCRIPTORS_MAX];
    memcpy(copies, descriptors, descriptor_count * sizeof(int));
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0) return -errno;
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) become(path, arguments, environment, copies, descriptor_count, death_signal, parent, report[1]);
    int fork_error = errno;
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        return -fork_error;
    }
    int exec_error = 0;
    ssize_t count;
    do count = read(report[0], &exec_error, sizeof exec_error);
    while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count == (ssize_t)sizeof exec_error) {
        waitpid(pid, NULL, 0);
        return -exec_error;
    }
    return pid;
}

static int or_errno(long result) { return result < 0 ? -errno : (int)result; }

int masugata_pidfd_open(pid_t pid) { return or_errno(syscall(SYS_pidfd_open, pid, 0)); }

int masugata_memfd_create(const char *name, bool sealable) {
    return or_errno(memfd_create(name, MFD_CLOEXEC | (sealable ? MFD_ALLOW_SEALING : 0)));
}

static const int final_seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

int masugata_seal(int fd) { return or_errno(fcntl(fd, F_ADD_SEALS, final_seals | F_SEAL_SEAL)); }

bool masugata_is_sealed(int fd) {
    int seals = fcntl(fd, F_GET_SEALS);
    return seals >= 0 && (seals & final_seals) == final_seals;
}

int masugata_memfd_secret(void) { return or_errno(syscall(SYS_memfd_secret, O_CLOEXEC)); }

int masugata_close_range(unsigned first, unsigned last) { return or_errno(syscall(SYS_close_range, first, last, 0)); }

int masugata_pivot_root(const char *new_root, const char *put_old) {
    return or_errno(syscall(SYS_pivot_root, new_root, put_old));
}

int masugata_openat_regular(int directory, const char *path) {
    int fd = openat(directory, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    return fd < 0 ? -errno : fd;
}

int masugata_open_beneath(int folder, const char *path) {
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    return or_errno(syscall(SYS_openat2, folder, path, &how, sizeof how));
}

int masugata_unshare(int flags) { return or_errno(unshare(flags)); }

int masugata_become(uid_t user, gid_t group) {
    if (setgroups(0, NULL) < 0 || setresgid(group, group, group) < 0 || setresuid(user, user, user) < 0) return -errno;
    return 0;
}

int masugata_write_file(const char *path, const char *text, size_t count) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    ssize_t written = write(fd, text, count);
    if (written != (ssize_t)count) return fail_closing(fd);
    close(fd);
    return 0;
}

int masugata_open_path(const char *path) { return or_errno(open(path, O_PATH | O_CLOEXEC)); }

int masugata_detached_folder(const char *path) {
    int tree = open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (tree < 0) return -errno;
    struct mount_attr restrictions = {
        .attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC | MASUGATA_MOUNT_ATTR_NOSYMFOLLOW};
    if (mount_setattr(tree, "", AT_EMPTY_PATH, &restrictions, sizeof restrictions) < 0) return fail_closing(tree);
    // What open_tree gives only names the folder; this one can be read and synchronised.
    int folder = openat(tree, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return fail_closing(tree);
    close(tree);
    return folder;
}

// In the child. The user has to exist in the new namespace, or nothing could be made in its folders.
static int detached_in_user_namespace(const char *path) {
    char map[64];
    unsigned user = geteuid(), group = getegid();
    int error = masugata_unshare(CLONE_NEWUSER | CLONE_NEWNS);
    if (error < 0) return error;
    snprintf(map, sizeof map, "%u %u 1", user, user);
    if ((error = masugata_write_file("/proc/self/setgroups", "deny", 4)) < 0) return error;
    if ((error = masugata_write_file("/proc/self/uid_map", map, strlen(map))) < 0) return error;
    snprintf(map, sizeof map, "%u %u 1", group, group);
    if ((error = masugata_write_file("/proc/self/gid_map", map, strlen(map))) < 0) return error;
    return masugata_detached_folder(path);
}

int masugata_detached_folder_by_user(const char *path) {
    int ends[2], result = 0, folder = -1;
    size_t count = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return -errno;
    pid_t pid = fork();
    if (pid == 0) {
        result = detached_in_user_namespace(path);
        _exit(masugata_channel_send(ends[1], &result, sizeof result, &result, result >= 0 ? 1 : 0) < 0);
    }
    if (pid < 0) {
        result = -errno;
    } else {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
        ssize_t received = masugata_channel_receive(ends[0], &result, sizeof result, &folder, 1, &count);
        if (received != (ssize_t)sizeof result) result = -EIO;
    }
    close(ends[0]);
    close(ends[1]);
    return result < 0 ? result : folder;
}

int masugata_probe_address(const struct masugata_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = to_kernel(address, &storage);
    int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) return fail_closing(fd);
    if (address->is_ipv6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) < 0) return fail_closing(fd);
    if (bind(fd, (struct sockaddr *)&storage, length) < 0) return fail_closing(fd);
    close(fd);
    return 0;
}

static int local_address(const char *path, struct sockaddr_un *address, socklen_t *length) {
    size_t count = strlen(path);
    if (count == 0 || count >= sizeof address->sun_path) return -ENAMETOOLONG;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, count);
    *length = offsetof(struct sockaddr_un, sun_path) + count + (path[0] == '@' ? 0 : 1);
    if (path[0] == '@') address->sun_path[0] = 0;
    return 0;
}

int masugata_listen_local(const char *path) {
    struct sockaddr_un address;
    socklen_t length;
    int error = local_address(path, &address, &length);
    if (error < 0) return error;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    // Where somebody answers, the place is taken.
    if (connect(fd, (struct sockaddr *)&address, length) == 0) {
        close(fd);
        return -EADDRINUSE;
    }
    if (unlink(path) < 0 && errno != ENOENT) return fail_closing(fd);
    mode_t before = umask(0177);
    int result = bind(fd, (struct sockaddr *)&address, length);
    umask(before);
    if (result < 0 || listen(fd, 16) < 0) return fail_closing(fd);
    return fd;
}

int masugata_accept_local(int listener, uid_t *user, pid_t *process) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return -errno;
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) return fail_closing(fd);
    *user = peer.uid;
    *process = peer.pid;
    return fd;
}

int masugata_send_datagram(const char *path, const void *bytes, size_t count) {
    struct sockaddr_un address;
    socklen_t length;
    int error = local_address(path, &address, &length);
    if (error < 0) return error;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (sendto(fd, bytes, count, MSG_NOSIGNAL, (struct sockaddr *)&address, length) < 0) return fail_closing(fd);
    close(fd);
    return 0;
}

ssize_t masugata_read_link(const char *path, char *target, size_t capacity) {
    ssize_t count = readlink(path, target, capacity);
    return count < 0 ? -errno : count;
}

int masugata_open_folder(const char *path) { return or_errno(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }

int masugata_landlock_create_ruleset(const void *attributes, size_t size, uint32_t flags) {
    return or_errno(syscall(SYS_landlock_create_ruleset, attributes, size, flags));
}

int masugata_landlock_restrict_self(int ruleset) {
    return or_errno(syscall(SYS_landlock_restrict_self, ruleset, 0));
}

int masugata_landlock_add_path(int ruleset, int directory, uint64_t access) {
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = directory};
    return or_errno(syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0));
}

const char *masugata_error_name(int code) { return strerrorname_np(code); }

const char *masugata_error_meaning(int code) { return strerrordesc_np(code); }

static int release_clean_pages(struct dl_phdr_info *object, size_t size, void *context) {
    const uintptr_t page = 4096;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W)) continue;
        // Whole pages of the segment alone: its neighbours may be writable.
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr + page - 1) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz) & ~(page - 1);
        if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void masugata_release_clean_pages(void) { dl_iterate_phdr(release_clean_pages, NULL); }
