// One system call under one filter, in a process of its own that does nothing else.
#pragma once

#include <CEscapes.h>
#include <stddef.h>
#include <stdint.h>

/// Puts the filter program (an array of struct sock_filter, `count` bytes) in force in a child, makes the call there and
/// ends. Returns the signal that ended the child, 0 when it ended by itself; then `*error` is the call's errno or 0.
/// The child is ended by SIGALRM when the call waits. Returns -1 when the child could not be made or not be filtered.
int masugata_probe(const uint8_t *program, size_t count, long number, const uint64_t arguments[6], int *error);

/// Makes one escape attempt in a child that is not confined. Returns its answer, or -1 when a signal ended it.
int masugata_probe_escape(int attempt, struct masugata_escape_tools tools);

/// A socket connected to a listening one on 127.0.0.1, whose port and descriptor it tells. Returns it or -1.
int masugata_probe_connected(uint16_t *port, int *listener);
