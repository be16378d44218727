#include "CKeyScan.h"

#include <stdlib.h>
#include <string.h>

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

/// Leaves out the bits in which no two keys differ: order stays, and fewer bits take fewer passes.
///
/// As in Hacker's Delight, 7-4: bits move by 1, 2, 4 and so on positions, the same for every key.
static void squeeze(uint64_t *keys, size_t count, uint64_t kept) {
  uint64_t moves[6], mask = kept, zeros = ~mask << 1;
  for (int i = 0; i < 6; i++) {
    uint64_t odd = zeros;
    for (int shift = 1; shift < 64; shift *= 2) odd ^= odd << shift;
    moves[i] = odd & mask;
    mask = (mask ^ moves[i]) | moves[i] >> (1 << i);
    zeros &= ~odd;
  }
  for (size_t k = 0; k < count; k++) {
    uint64_t key = keys[k] & kept;
    for (int i = 0; i < 6; i++) {
      uint64_t moved = key & moves[i];
      key = (key ^ moved) | moved >> (1 << i);
    }
    keys[k] = key;
  }
}

/// Least significant digit first, 11 bits a pass, passes in which every key agrees left out.
///
/// The keys become other numbers that are equal where the keys were.
static void radix(uint64_t *keys, uint32_t *rows, uint64_t *keys2, uint32_t *rows2, size_t count) {
  if (count <= 48) {
    insertion(keys, rows, count);
    return;
  }
  uint64_t any = 0, first = keys[0];
  for (size_t i = 0; i < count; i++) any |= keys[i] ^ first;
  if (any) {
    squeeze(keys, count, any);
    int bits = __builtin_popcountll(any);
    any = bits == 64 ? UINT64_MAX : (1ull << bits) - 1;
  }
  const int width = count < 4096 ? 8 : 11;
  const uint64_t mask = (1u << width) - 1;
  uint64_t *from = keys, *to = keys2;
  uint32_t *from_rows = rows, *to_rows = rows2;
  for (int shift = 0; shift < 64; shift += width) {
    if (!(any >> shift & mask)) continue;
    uint32_t offsets[2048] = {0};
    for (size_t i = 0; i < count; i++) offsets[from[i] >> shift & mask]++;
    uint32_t sum = 0;
    for (size_t i = 0; i <= mask; i++) {
      uint32_t here = offsets[i];
      offsets[i] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++) {
      uint32_t offset = offsets[from[i] >> shift & mask]++;
      to[offset] = from[i];
      to_rows[offset] = from_rows[i];
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

/// Whether the keys ascend already, or every one is less than the one before and only has to be reversed.
static int is_ordered(uint64_t *keys, uint32_t *rows, size_t count) {
  size_t at = 1;
  while (at < count && keys[at - 1] <= keys[at]) at++;
  if (at == count) return 1;
  at = 1;
  while (at < count && keys[at - 1] > keys[at]) at++;
  if (at < count) return 0;
  for (size_t left = 0, right = count - 1; left < right; left++, right--) {
    uint64_t word = keys[left];
    uint32_t row = rows[left];
    keys[left] = keys[right];
    rows[left] = rows[right];
    keys[right] = word;
    rows[right] = row;
  }
  return 1;
}

int ck_sort_keys(uint64_t *keys, uint32_t *rows, size_t count) {
  if (count < 2 || is_ordered(keys, rows, count)) return 1;
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

/// Puts the texts of a run of equals that have ended before those that continue, or after them in descending order;
/// moves `from` and `to` to those that continue. Without it one long text of zeros would have all short ones looked at
/// again for each of its bytes.
static void leave_ended(struct text_sort *s, size_t *from, size_t *to, size_t depth) {
  size_t ended = 0, going = 0;
  for (size_t i = *from; i < *to; i++) {
    uint32_t row = s->order[i];
    if (s->starts[row + 1] - s->starts[row] > depth) {
      s->order2[*from + going++] = row;
    } else {
      // After what is kept already: never before the position that is read.
      s->order[*from + ended++] = row;
    }
  }
  if (!ended) return;
  if (s->descending) {
    memmove(s->order + *from + going, s->order + *from, ended * sizeof *s->order);
    memcpy(s->order + *from, s->order2 + *from, going * sizeof *s->order);
    *to = *from + going;
  } else {
    memcpy(s->order + *from + ended, s->order2 + *from, going * sizeof *s->order);
    *from += ended;
  }
}

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
      size_t start = run, end = i;
      run = i;
      if (end - start > 1) leave_ended(s, &start, &end, depth + 8);
      if (end - start < 2) continue;
      if (last_to - last_from < end - start) {
        size_t swap_from = last_from, swap_to = last_to;
        last_from = start;
        last_to = end;
        if (swap_to > swap_from) sort_run(s, swap_from, swap_to, depth + 8);
      } else {
        sort_run(s, start, end, depth + 8);
      }
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
