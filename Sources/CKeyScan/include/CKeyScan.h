#pragma once
#include <stddef.h>
#include <stdint.h>

/// Has the memory at an address brought near; nothing else.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address); }

/// Gives memory that was freed back to the system where the allocator would keep it.
void ck_return_memory(void);

/// Bytes of memory that the process has: what the system reports, or else what was allocated.
size_t ck_memory_in_use(void);

/// Marks the rows whose name holds a needle.
///
/// `text` is every name end to end, `ends[i]` where name i ends. `bits` (one bit a row, cleared by the caller) gets a
/// bit for every row with a hit that lies inside its name. With `fold`, the needle must already be folded (ck_fold)
/// and letter case is ignored. The needle is not empty.
void ck_scan(const uint8_t *text, size_t length, const uint32_t *ends, size_t rows, const uint8_t *needle,
             size_t needle_length, int fold, uint64_t *bits);

/// Lower case of ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic letters, in place; the length never changes.
void ck_fold(uint8_t *text, size_t length);

/// Marks the rows whose UUID, written as text, holds a piece.
///
/// `ids` holds two words a row: high, low. The piece is `nibbles` (values 0 to 15, at most 32 of them) and may start
/// at the digits in `starts` (bit 0 is the first digit).
void ck_scan_uuids(const uint64_t *ids, size_t rows, const uint8_t *nibbles, size_t nibble_count, uint32_t starts,
                   uint64_t *bits);

// Conditions over one column: each sets the bit of every row that passes, in `bits` (one bit a row).

/// `values[row] & mask` is not 0.
void ck_any_bit(const uint64_t *values, size_t rows, uint64_t mask, uint64_t *bits);
/// `from <= values[row] < to`.
void ck_in_range(const int64_t *values, size_t rows, int64_t from, int64_t to, uint64_t *bits);
/// `(values[row] & mask) == wanted`.
void ck_flags_equal(const uint8_t *values, size_t rows, uint8_t mask, uint8_t wanted, uint64_t *bits);
/// `((values[row] >> shift & mask) | set) == wanted`.
void ck_words_equal(const uint32_t *values, size_t rows, unsigned shift, uint32_t mask, uint32_t set, uint32_t wanted,
                    uint64_t *bits);
/// `table[values[row]]` is not 0; a value of `count` or more does not pass.
void ck_in_table(const uint32_t *values, size_t rows, const uint8_t *table, size_t count, uint64_t *bits);
/// `least` to `most` bits of `values[row]` are set.
void ck_count_between(const uint64_t *values, size_t rows, unsigned least, unsigned most, uint64_t *bits);

/// Writes `first` + the number of every set bit, ascending; returns how many. `rows` has room for all of them.
size_t ck_rows(const uint64_t *bits, size_t words, uint32_t first, uint32_t *rows);

/// The index of `row` in `rows`; `count` if it is not there. Quick where rows ascend.
size_t ck_index_of(const uint32_t *rows, size_t count, uint32_t row);

/// Stable sort of `rows` by `keys`, ascending; both are reordered. Returns 0 where memory is short.
int ck_sort_keys(uint64_t *keys, uint32_t *rows, size_t count);

/// Stable sort of `rows` by text: `order[i]` (0 to count - 1) names the text from `starts[order[i]]` to
/// `starts[order[i] + 1]`. Reorders `order`. Returns 0 where memory is short.
int ck_sort_texts(const uint8_t *text, const uint32_t *starts, uint32_t *order, size_t count, int descending);
