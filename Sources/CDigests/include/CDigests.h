#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// SHA-256 blocks by the processor's own instructions, where it has them.

// Whether it has them; asked once a process.
bool cdigests_has_sha256(void);

// Works `count` blocks of 64 bytes into the eight words of a state. `constants` are the 64 of FIPS 180-4, section 4.2.2.
// Only where cdigests_has_sha256() is true.
void cdigests_sha256(uint32_t *state, const uint8_t *bytes, size_t count, const uint32_t *constants);
