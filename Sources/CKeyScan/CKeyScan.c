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
    uint8_t out[2];
    size_t size = fold_letter(text + at, length - at, out);
    memcpy(text + at, out, size);
    at += size;
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

/// The scan's place: where in the text, and in which row.
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

/// Judges one candidate; returns where to go on.
static inline size_t judge(struct scan *s, size_t position) {
  if (!matches(s->text + position, s->needle, s->needle_length, s->fold)) return position + 1;
  seek(s, position);
  if (position + s->needle_length > s->ends[s->row]) return position + 1;
  s->bits[s->row >> 6] |= 1ull << (s->row & 63);
  return s->ends[s->row];
}

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static void scan_plain(struct scan *s, size_t from, size_t first, size_t second, uint8_t first_mask,
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

#if defined(__x86_64__)
__attribute__((target("avx2"))) static size_t scan_avx2(struct scan *s, size_t first, size_t second,
                                                        uint8_t first_mask, uint8_t second_mask) {
  const __m256i a = _mm256_set1_epi8((char)s->needle[first]), b = _mm256_set1_epi8((char)s->needle[second]);
  const __m256i am = _mm256_set1_epi8((char)first_mask), bm = _mm256_set1_epi8((char)second_mask);
  size_t next = 0, at = 0;
  for (; at + s->needle_length + 31 <= s->length; at += 32) {
    if (next >= at + 32) continue;
    __m256i x = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(s->text + at + first)), am);
    __m256i y = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(s->text + at + second)), bm);
    uint32_t hits = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(_mm256_cmpeq_epi8(x, a), _mm256_cmpeq_epi8(y, b)));
    while (hits) {
      size_t position = at + (size_t)__builtin_ctz(hits);
      hits &= hits - 1;
      if (position >= next) next = judge(s, position);
    }
  }
  return next > at ? next : at;
}
#endif

void ck_scan(const uint8_t *text, size_t length, const uint32_t *ends, size_t rows, const uint8_t *needle,
             size_t needle_length, int fold, uint64_t *bits) {
  if (needle_length == 0 || needle_length > length || rows == 0) return;
  struct scan s = {text, length, ends, rows, needle, needle_length, fold, bits, 0};
  // Two bytes are looked for at once: the first and the last that fold by one bit. Letters outside ASCII do not.
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
  size_t from = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) from = scan_avx2(&s, first, second, first_mask, second_mask);
#endif
  scan_plain(&s, from, first, second, first_mask, second_mask);
}

static void uuids_plain(const uint64_t *ids, size_t from, size_t rows, const uint8_t *nibbles, size_t count,
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
  uuids_plain(ids, 0, rows, nibbles, nibble_count, starts, bits);
}

static void insertion(uint64_t *keys, uint32_t *rows, size_t count) {
  for (size_t i = 1; i < count; i++) {
    uint64_t word = keys[i];
    uint32_t row = rows[i];
    size_t at = i;
    for (; at > 0 && keys[at - 1] > word; at--) {
      keys[at] = keys[at - 1];
      rows[at] = rows[at - 1];
    }
    keys[at] = word;
    rows[at] = row;
  }
}

/// Least significant digit first, 11 bits a pass, passes in which every key agrees left out.
static void radix(uint64_t *keys, uint32_t *rows, uint64_t *keys2, uint32_t *rows2, size_t count) {
  if (count <= 48) {
    insertion(keys, rows, count);
    return;
  }
  uint64_t any = 0, first = keys[0];
  for (size_t i = 0; i < count; i++) any |= keys[i] ^ first;
  const int width = count < 4096 ? 8 : 11;
  const uint64_t mask = (1u << width) - 1;
  uint64_t *from = keys, *to = keys2;
  uint32_t *from_rows = rows, *to_rows = rows2;
  for (int shift = 0; shift < 64; shift += width) {
    if (!(any >> shift & mask)) continue;
    uint32_t places[2048] = {0};
    for (size_t i = 0; i < count; i++) places[from[i] >> shift & mask]++;
    uint32_t sum = 0;
    for (size_t i = 0; i <= mask; i++) {
      uint32_t here = places[i];
      places[i] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++) {
      uint32_t place = places[from[i] >> shift & mask]++;
      to[place] = from[i];
      to_rows[place] = from_rows[i];
    }
    uint64_t *keys_swap = from;
    from = to;
    to = keys_swap;
    uint32_t *rows_swap = from_rows;
    from_rows = to_rows;
    to_rows = rows_swap;
  }
  if (from != keys) {
    memcpy(keys, from, count * sizeof *keys);
    memcpy(rows, from_rows, count * sizeof *rows);
  }
}

int ck_sort_keys(uint64_t *keys, uint32_t *rows, size_t count) {
  if (count < 2) return 1;
  uint64_t *keys2 = malloc(count * sizeof *keys2);
  uint32_t *rows2 = malloc(count * sizeof *rows2);
  int enough = keys2 && rows2;
  if (enough) radix(keys, rows, keys2, rows2, count);
  free(keys2);
  free(rows2);
  return enough;
}

struct text_sort {
  const uint8_t *text;
  const uint32_t *starts;
  uint64_t *keys, *keys2;
  uint32_t *order, *order2;
  int descending;
};

/// Sorts a run by the eight bytes at `depth`, then each run of equals by the next eight.
static void sort_run(struct text_sort *s, size_t from, size_t to, size_t depth) {
  while (1) {
    size_t longest = 0;
    for (size_t i = from; i < to; i++) {
      uint32_t start = s->starts[s->order[i]];
      size_t length = s->starts[s->order[i] + 1] - start;
      uint64_t word = 0;
      if (length > longest) longest = length;
      size_t left = length > depth ? length - depth : 0;
      if (left > 8) left = 8;
      memcpy(&word, s->text + start + (left ? depth : 0), left);
      word = __builtin_bswap64(word);
      s->keys[i] = s->descending ? ~word : word;
    }
    radix(s->keys + from, s->order + from, s->keys2 + from, s->order2 + from, to - from);
    if (longest <= depth + 8) return;
    // Runs of equals; the last one is done by the loop instead of by a call, so that shared beginnings cost no stack.
    size_t run = from, last_from = 0, last_to = 0;
    for (size_t i = from + 1; i <= to; i++) {
      if (i < to && s->keys[i] == s->keys[run]) continue;
      if (i - run > 1) {
        if (last_to - last_from < i - run) {
          size_t swap_from = last_from, swap_to = last_to;
          last_from = run;
          last_to = i;
          if (swap_to > swap_from) sort_run(s, swap_from, swap_to, depth + 8);
        } else {
          sort_run(s, run, i, depth + 8);
        }
      }
      run = i;
    }
    if (last_to <= last_from) return;
    from = last_from;
    to = last_to;
    depth += 8;
  }
}

int ck_sort_texts(const uint8_t *text, const uint32_t *starts, uint32_t *order, size_t count, int descending) {
  if (count < 2) return 1;
  struct text_sort s = {text, starts, malloc(count * 8), malloc(count * 8), order, malloc(count * 4), descending};
  int enough = s.keys && s.keys2 && s.order2;
  if (enough) sort_run(&s, 0, count, 0);
  free(s.keys);
  free(s.keys2);
  free(s.order2);
  return enough;
}
