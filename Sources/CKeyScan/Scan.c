#include "CKeyScan.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// Folds the letter that starts at `at`; returns how many bytes it has.
static inline size_t fold_letter(const uint8_t *at, size_t left, uint8_t out[2]) {
  uint8_t first = at[0];
  if (first < 0x80) {
    out[0] = (uint8_t)(first - 'A') < 26 ? first | 0x20 : first;
    return 1;
  }
  out[0] = first;
  if (first < 0xC3 || first > 0xD3 || left < 2) return 1;
  unsigned code = (unsigned)(first & 0x1F) << 6 | (at[1] & 0x3F);
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) {
    code += 0x20;
  } else if ((code >= 0x100 && code <= 0x12F) || (code >= 0x132 && code <= 0x137) || (code >= 0x14A && code <= 0x177)) {
    code |= 1;
  } else if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E)) {
    code += code & 1;
  } else if (code == 0x178) {
    code = 0xFF;
  } else if (code == 0x386) {
    code = 0x3AC;
  } else if (code >= 0x388 && code <= 0x38A) {
    code += 37;
  } else if (code == 0x38C) {
    code = 0x3CC;
  } else if (code == 0x38E || code == 0x38F) {
    code += 63;
  } else if (code >= 0x391 && code <= 0x3AB && code != 0x3A2) {
    code += 0x20;
  } else if (code == 0x3C2) {
    code = 0x3C3;
  } else if (code >= 0x400 && code <= 0x40F) {
    code += 0x50;
  } else if (code >= 0x410 && code <= 0x42F) {
    code += 0x20;
  } else if ((code >= 0x460 && code <= 0x481) || (code >= 0x48A && code <= 0x4BF) || (code >= 0x4D0 && code <= 0x4FF)) {
    code |= 1;
  }
  out[0] = (uint8_t)(0xC0 | code >> 6);
  out[1] = (uint8_t)(0x80 | (code & 0x3F));
  return 2;
}

void ck_fold(uint8_t *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    // A block of ASCII at a time, in a form that compilers make vectors of.
    while (at + 32 <= length) {
      uint8_t high = 0;
      for (size_t i = 0; i < 32; i++) high |= text[at + i];
      if (high & 0x80) break;
      for (size_t i = 0; i < 32; i++) text[at + i] |= (uint8_t)((uint8_t)(text[at + i] - 'A') < 26) << 5;
      at += 32;
    }
    for (size_t end = at + 32; at < end && at < length;) {
      uint8_t out[2];
      size_t size = fold_letter(text + at, length - at, out);
      memcpy(text + at, out, size);
      at += size;
    }
  }
}

static int matches(const uint8_t *text, const uint8_t *needle, size_t length, int fold) {
  if (!fold) return memcmp(text, needle, length) == 0;
  size_t at = 0;
  while (at < length) {
    uint8_t out[2];
    size_t size = fold_letter(text + at, length - at, out);
    if (out[0] != needle[at] || (size == 2 && out[1] != needle[at + 1])) return 0;
    at += size;
  }
  return 1;
}

/// The scan's position: in the text, and in the rows.
struct scan {
  const uint8_t *text;
  size_t length;
  const uint32_t *ends;
  size_t rows;
  const uint8_t *needle;
  size_t needle_length;
  int fold;
  uint64_t *bits;
  size_t row;
};

/// Moves to the row that holds `position`: by steps that double, then by halves.
static inline void seek(struct scan *s, size_t position) {
  size_t low = s->row;
  if (s->ends[low] > position) return;
  size_t step = 1;
  while (low + step < s->rows && s->ends[low + step] <= position) {
    low += step;
    step *= 2;
  }
  size_t high = low + step < s->rows ? low + step : s->rows - 1;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (s->ends[middle] <= position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  s->row = low;
}

/// Judges one candidate; returns where to continue.
static inline size_t judge(struct scan *s, size_t position) {
  if (!matches(s->text + position, s->needle, s->needle_length, s->fold)) return position + 1;
  seek(s, position);
  if (position + s->needle_length > s->ends[s->row]) return position + 1;
  s->bits[s->row >> 6] |= 1ull << (s->row & 63);
  return s->ends[s->row];
}

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static void scan_scalar(struct scan *s, size_t from, size_t first, size_t second, uint8_t first_mask,
                       uint8_t second_mask) {
  size_t last = s->length - s->needle_length;
  size_t at = from;
  while (at <= last) {
    if ((s->text[at + first] | first_mask) == s->needle[first] &&
        (s->text[at + second] | second_mask) == s->needle[second]) {
      at = judge(s, at);
    } else {
      at++;
    }
  }
}

/// Whether a name holds the needle, each byte compared after `or` with its mask.
static int name_holds(const uint8_t *name, size_t length, const uint8_t *needle, const uint8_t *masks, size_t count) {
  for (size_t at = 0; at + count <= length; at++) {
    size_t i = 0;
    while (i < count && (name[at + i] | masks[i]) == needle[i]) i++;
    if (i == count) return 1;
  }
  return 0;
}

#if defined(__x86_64__)
/// Judges one name alone, all its positions at once: no branch depends on how often the needle is found, so that a
/// needle in every name costs what a needle in none does.
__attribute__((target("avx2"))) static void names_avx2(const uint8_t *text, size_t length, const uint32_t *ends,
                                                       size_t rows, const uint8_t *needle, const uint8_t *masks,
                                                       size_t count, uint64_t *bits) {
  const __m256i first = _mm256_set1_epi8((char)needle[0]), first_mask = _mm256_set1_epi8((char)masks[0]);
  const __m256i last = _mm256_set1_epi8((char)needle[count - 1]), last_mask = _mm256_set1_epi8((char)masks[count - 1]);
  size_t start = 0;
  for (size_t row = 0; row < rows; row++) {
    size_t end = ends[row];
    uint64_t found = 0;
    for (size_t at = start; at + count <= end; at += 32) {
      if (at + count + 31 > length) {
        // A vector would read past the last name.
        found = (uint64_t)name_holds(text + at, end - at, needle, masks, count);
        break;
      }
      __m256i x = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text + at)), first_mask);
      __m256i y = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text + at + count - 1)), last_mask);
      uint32_t hits =
          (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(_mm256_cmpeq_epi8(x, first), _mm256_cmpeq_epi8(y, last)));
      size_t positions = end - count - at + 1;
      if (positions < 32) hits &= (1u << positions) - 1;
      for (size_t i = 1; hits && i + 1 < count; i++) {
        __m256i z = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text + at + i)),
                                    _mm256_set1_epi8((char)masks[i]));
        hits &= (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(z, _mm256_set1_epi8((char)needle[i])));
      }
      if (hits) {
        found = 1;
        break;
      }
    }
    bits[row >> 6] |= found << (row & 63);
    start = end;
  }
}
#endif

void ck_scan(const uint8_t *text, size_t length, const uint32_t *ends, size_t rows, const uint8_t *needle,
             size_t needle_length, int fold, uint64_t *bits) {
  if (needle_length == 0 || needle_length > length || rows == 0) return;
  // A folded ASCII letter differs from its capital by one bit; letters outside ASCII do not.
  uint8_t masks[256];
  int simple = needle_length <= sizeof masks;
  for (size_t i = 0; simple && i < needle_length; i++) {
    if (fold && needle[i] >= 0x80) simple = 0;
    masks[i] = fold && is_letter(needle[i]) ? 0x20 : 0;
  }
#if defined(__x86_64__)
  if (simple && __builtin_cpu_supports("avx2")) {
    names_avx2(text, length, ends, rows, needle, masks, needle_length, bits);
    return;
  }
#endif
  struct scan s = {text, length, ends, rows, needle, needle_length, fold, bits, 0};
  // Two bytes are looked for at once: the first and the last that fold by one bit.
  size_t first = 0, second = needle_length - 1;
  if (fold) {
    while (first < needle_length && needle[first] >= 0x80) first++;
    if (first == needle_length) {
      size_t at = 0;
      while (at <= length - needle_length) at = text[at] < 0xC0 && needle[0] >= 0xC0 ? at + 1 : judge(&s, at);
      return;
    }
    while (needle[second] >= 0x80) second--;
  }
  uint8_t first_mask = fold && is_letter(needle[first]) ? 0x20 : 0;
  uint8_t second_mask = fold && is_letter(needle[second]) ? 0x20 : 0;
  scan_scalar(&s, 0, first, second, first_mask, second_mask);
}

static void uuids_scalar(const uint64_t *ids, size_t from, size_t rows, const uint8_t *nibbles, size_t count,
                        uint32_t starts, uint64_t *bits) {
  for (size_t row = from; row < rows; row++) {
    uint8_t digits[32];
    for (int i = 0; i < 16; i++) {
      digits[i] = (uint8_t)(ids[row * 2] >> (60 - i * 4)) & 15;
      digits[16 + i] = (uint8_t)(ids[row * 2 + 1] >> (60 - i * 4)) & 15;
    }
    for (uint32_t left = starts; left; left &= left - 1) {
      if (memcmp(digits + __builtin_ctz(left), nibbles, count) == 0) {
        bits[row >> 6] |= 1ull << (row & 63);
        break;
      }
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void uuids_avx2(const uint64_t *ids, size_t rows, const uint8_t *nibbles,
                                                       size_t count, uint32_t starts, uint64_t *bits) {
  const __m128i turn = _mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
  const __m128i low = _mm_set1_epi8(15);
  for (size_t row = 0; row < rows; row++) {
    __m128i value = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(ids + row * 2)), turn);
    __m128i high = _mm_and_si128(_mm_srli_epi16(value, 4), low);
    value = _mm_and_si128(value, low);
    __m256i digits = _mm256_set_m128i(_mm_unpackhi_epi8(high, value), _mm_unpacklo_epi8(high, value));
    uint32_t found = starts;
    for (size_t i = 0; i < count && found; i++) {
      __m256i wanted = _mm256_set1_epi8((char)nibbles[i]);
      found &= (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(digits, wanted)) >> i;
    }
    bits[row >> 6] |= (uint64_t)(found != 0) << (row & 63);
  }
}
#endif

void ck_scan_uuids(const uint64_t *ids, size_t rows, const uint8_t *nibbles, size_t nibble_count, uint32_t starts,
                   uint64_t *bits) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    uuids_avx2(ids, rows, nibbles, nibble_count, starts, bits);
    return;
  }
#endif
  uuids_scalar(ids, 0, rows, nibbles, nibble_count, starts, bits);
}
