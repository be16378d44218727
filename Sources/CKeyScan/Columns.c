#include "CKeyScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// One condition over one column, a bit a row. Each has a scalar form, which is also what finishes the last rows of the
// vector form; `row` is where that starts.

#define SCALAR(condition)                                                                                              \
  for (; row < rows; row++) bits[row >> 6] |= (uint64_t)(condition) << (row & 63)

static int has_avx2(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2");
#else
  return 0;
#endif
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static size_t masks_avx2(const uint64_t *values, size_t rows, uint64_t mask,
                                                         uint64_t *bits) {
  const __m256i wanted = _mm256_set1_epi64x((int64_t)mask), zero = _mm256_setzero_si256();
  size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    uint64_t none = 0;
    for (size_t i = 0; i < 64; i += 4) {
      __m256i x = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(values + row + i)), wanted);
      none |= (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(x, zero))) << i;
    }
    bits[row >> 6] |= ~none;
  }
  return row;
}

__attribute__((target("avx2"))) static size_t range_avx2(const int64_t *values, size_t rows, int64_t from, int64_t to,
                                                         uint64_t *bits) {
  const __m256i low = _mm256_set1_epi64x(from), high = _mm256_set1_epi64x(to);
  size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    uint64_t word = 0;
    for (size_t i = 0; i < 64; i += 4) {
      __m256i x = _mm256_loadu_si256((const __m256i *)(values + row + i));
      __m256i inside = _mm256_andnot_si256(_mm256_cmpgt_epi64(low, x), _mm256_cmpgt_epi64(high, x));
      word |= (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(inside)) << i;
    }
    bits[row >> 6] |= word;
  }
  return row;
}

__attribute__((target("avx2"))) static size_t flags_avx2(const uint8_t *values, size_t rows, uint8_t mask,
                                                         uint8_t wanted, uint64_t *bits) {
  const __m256i kept = _mm256_set1_epi8((char)mask), value = _mm256_set1_epi8((char)wanted);
  size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    __m256i x = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(values + row)), kept);
    __m256i y = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(values + row + 32)), kept);
    uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, value));
    uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(y, value));
    bits[row >> 6] |= low | (uint64_t)high << 32;
  }
  return row;
}

__attribute__((target("avx2"))) static size_t words_avx2(const uint32_t *values, size_t rows, unsigned shift,
                                                         uint32_t mask, uint32_t set, uint32_t wanted, uint64_t *bits) {
  const __m256i kept = _mm256_set1_epi32((int)mask), added = _mm256_set1_epi32((int)set);
  const __m256i value = _mm256_set1_epi32((int)wanted);
  const __m128i shift_count = _mm_cvtsi32_si128((int)shift);
  size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    uint64_t word = 0;
    for (size_t i = 0; i < 64; i += 8) {
      __m256i x = _mm256_srl_epi32(_mm256_loadu_si256((const __m256i *)(values + row + i)), shift_count);
      x = _mm256_cmpeq_epi32(_mm256_or_si256(_mm256_and_si256(x, kept), added), value);
      word |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(x)) << i;
    }
    bits[row >> 6] |= word;
  }
  return row;
}
#endif

void ck_any_bit(const uint64_t *values, size_t rows, uint64_t mask, uint64_t *bits) {
  size_t row = 0;
#if defined(__x86_64__)
  if (has_avx2()) row = masks_avx2(values, rows, mask, bits);
#endif
  SCALAR((values[row] & mask) != 0);
}

void ck_in_range(const int64_t *values, size_t rows, int64_t from, int64_t to, uint64_t *bits) {
  size_t row = 0;
#if defined(__x86_64__)
  if (has_avx2()) row = range_avx2(values, rows, from, to, bits);
#endif
  SCALAR(values[row] >= from && values[row] < to);
}

void ck_flags_equal(const uint8_t *values, size_t rows, uint8_t mask, uint8_t wanted, uint64_t *bits) {
  size_t row = 0;
#if defined(__x86_64__)
  if (has_avx2()) row = flags_avx2(values, rows, mask, wanted, bits);
#endif
  SCALAR((values[row] & mask) == wanted);
}

void ck_words_equal(const uint32_t *values, size_t rows, unsigned shift, uint32_t mask, uint32_t set, uint32_t wanted,
                    uint64_t *bits) {
  size_t row = 0;
#if defined(__x86_64__)
  if (has_avx2()) row = words_avx2(values, rows, shift, mask, set, wanted, bits);
#endif
  SCALAR(((values[row] >> shift & mask) | set) == wanted);
}

void ck_in_table(const uint32_t *values, size_t rows, const uint8_t *table, size_t count, uint64_t *bits) {
  size_t row = 0;
  SCALAR(values[row] < count && table[values[row]]);
}

void ck_count_between(const uint64_t *values, size_t rows, unsigned least, unsigned most, uint64_t *bits) {
  size_t row = 0;
  SCALAR((unsigned)__builtin_popcountll(values[row]) - least <= most - least);
}

size_t ck_rows(const uint64_t *bits, size_t words, uint32_t first, uint32_t *rows) {
  size_t count = 0;
  for (size_t i = 0; i < words; i++) {
    uint32_t base = first + (uint32_t)(i * 64);
    if (bits[i] == UINT64_MAX) {
      for (uint32_t j = 0; j < 64; j++) rows[count + j] = base + j;
      count += 64;
      continue;
    }
    for (uint64_t left = bits[i]; left; left &= left - 1) rows[count++] = base + (uint32_t)__builtin_ctzll(left);
  }
  return count;
}

size_t ck_index_of(const uint32_t *rows, size_t count, uint32_t row) {
  // Rows mostly ascend: the row is then where halving ends. Where it is not, it may still be anywhere.
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  if (low < count && rows[low] == row) return low;
  for (size_t block = 0; block < count; block += 1024) {
    size_t end = block + 1024 < count ? block + 1024 : count;
    int found = 0;
    for (size_t i = block; i < end; i++) found |= rows[i] == row;
    if (!found) continue;
    for (size_t i = block; i < end; i++)
      if (rows[i] == row) return i;
  }
  return count;
}
