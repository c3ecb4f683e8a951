// Where the key-holder's secrets lie: libcrypto's heap on memory that the kernel itself does not map, so that neither
// /proc/PID/mem nor ptrace nor a flaw that reads kernel memory shows them.
#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Puts all of libcrypto's heap on a memfd_secret(2) mapping of at most `largest` bytes, less where the limit on
/// locked memory is lower. Call before any other use of libcrypto; one thread only. Returns the mapping's bytes, or 0
/// when the kernel has no such memory: libcrypto then uses the ordinary heap.
size_t masugata_key_arena_install(size_t largest);

/// Locks all present and future memory, but only where the limit on it is at least `needed` bytes: with a smaller one
/// every later allocation would fail. Returns whether it is locked.
bool masugata_memory_lock(size_t needed);
