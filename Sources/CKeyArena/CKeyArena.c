#include "CKeyArena.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Free lists by size class: multiples of 16 bytes up to 1 KiB, powers of two above. Nothing is ever merged, because
// keys come and go in the same few sizes. Every block is erased when it is freed.

#define ALIGNMENT 16
#define SMALL_LIMIT 1024
#define SMALL_CLASSES (SMALL_LIMIT / ALIGNMENT)
#define CLASSES (SMALL_CLASSES + 24)

/// Before each block; as long as the alignment.
struct head {
    uint64_t class;
    struct head *next;
};

static char *unused, *arena_end;
static struct head *free_lists[CLASSES];

static unsigned class_of(size_t count) {
    if (count == 0) count = 1;
    if (count <= SMALL_LIMIT) return (unsigned)((count + ALIGNMENT - 1) / ALIGNMENT - 1);
    return (unsigned)(SMALL_CLASSES + (64 - __builtin_clzll(count - 1)) - 11);
}

static size_t size_of(unsigned class) {
    return class < SMALL_CLASSES ? (size_t)(class + 1) * ALIGNMENT : (size_t)1 << (class - SMALL_CLASSES + 11);
}

static void *arena_allocate(size_t count, const char *file, int line) {
    unsigned class = class_of(count);
    if (class >= CLASSES) return NULL;
    struct head *head = free_lists[class];
    if (head) {
        free_lists[class] = head->next;
    } else {
        size_t size = sizeof *head + size_of(class);
        if ((size_t)(arena_end - unused) < size) return NULL;
        head = (struct head *)unused;
        head->class = class;
        unused += size;
    }
    head->next = NULL;
    return head + 1;
}

static void arena_free(void *block, const char *file, int line) {
    if (!block) return;
    struct head *head = (struct head *)block - 1;
    OPENSSL_cleanse(block, size_of((unsigned)head->class));
    head->next = free_lists[head->class];
    free_lists[head->class] = head;
}

static void *arena_reallocate(void *block, size_t count, const char *file, int line) {
    if (!block) return arena_allocate(count, file, line);
    size_t size = size_of((unsigned)((struct head *)block - 1)->class);
    if (count <= size) return block;
    void *larger = arena_allocate(count, file, line);
    if (!larger) return NULL;
    memcpy(larger, block, size);
    arena_free(block, file, line);
    return larger;
}

size_t masugata_key_arena_install(size_t largest) {
    int memory = (int)syscall(SYS_memfd_secret, O_CLOEXEC);
    if (memory < 0) return 0;
    size_t size = largest;
    void *base = MAP_FAILED;
    // Below 2 MiB not even one generation of a few keys would fit.
    for (; size >= 2 << 20; size /= 2) {
        if (ftruncate(memory, (off_t)size) < 0) break;
        base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
        if (base != MAP_FAILED) break;
        // Its size can be set only once.
        close(memory);
        memory = (int)syscall(SYS_memfd_secret, O_CLOEXEC);
    }
    close(memory);
    if (base == MAP_FAILED) return 0;
    unused = base;
    arena_end = unused + size;
    if (!CRYPTO_set_mem_functions(arena_allocate, arena_reallocate, arena_free)) {
        munmap(base, size);
        return 0;
    }
    return size;
}

bool masugata_memory_lock(size_t needed) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) < 0) return false;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_MEMLOCK, &limit);
    }
    if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < needed) return false;
    return mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
}
