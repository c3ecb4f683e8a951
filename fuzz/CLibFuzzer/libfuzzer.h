// The part of libFuzzer's interface that is used: the loop, which a main of one's own may call. It is linked in by
// -sanitize=fuzzer and has no header.

#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *_Nonnull argc, char *_Nullable *_Nonnull *_Nonnull argv,
    int (*_Nonnull examine)(const uint8_t *_Nullable data, size_t size));
