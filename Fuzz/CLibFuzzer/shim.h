#pragma once
#include <stddef.h>
#include <stdint.h>

// The entry of libFuzzer (LLVM, "Using libFuzzer as a library"): runs the callback until its options say stop.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *bytes, size_t length));
