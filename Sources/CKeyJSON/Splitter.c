#include "CKeyJSON.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// What may come next.
enum state {
  WANTS_VALUE,
  WANTS_VALUE_OR_END, // after `[`
  WANTS_NAME,
  WANTS_NAME_OR_END, // after `{`
  WANTS_COLON,
  AFTER_VALUE,
  IN_TEXT,
  IN_ESCAPE, // after a backslash
  IN_WORD    // a number, true, false or null
};

struct keyjson_splitter {
  enum state state;
  bool is_name; // the text is the name of a member
  size_t depth;
  // Whether the objects and lists around the position are objects, a bit each.
  uint64_t *nesting;
  size_t words;
};

keyjson_splitter *keyjson_splitter_create(void) { return calloc(1, sizeof(keyjson_splitter)); }

void keyjson_splitter_destroy(keyjson_splitter *s) {
  free(s->nesting);
  free(s);
}

void keyjson_splitter_begin(keyjson_splitter *s) {
  s->state = WANTS_VALUE;
  s->depth = 0;
}

static bool enter(keyjson_splitter *s, bool is_object) {
  if (s->depth / 64 >= s->words) {
    size_t words = s->words ? s->words * 2 : 16;
    uint64_t *larger = realloc(s->nesting, words * sizeof *larger);
    if (!larger) return false;
    s->nesting = larger;
    s->words = words;
  }
  uint64_t bit = 1ull << s->depth % 64;
  if (is_object) s->nesting[s->depth / 64] |= bit;
  else s->nesting[s->depth / 64] &= ~bit;
  s->depth++;
  s->state = is_object ? WANTS_NAME_OR_END : WANTS_VALUE_OR_END;
  return true;
}

static bool is_in_object(const keyjson_splitter *s) {
  return s->depth && s->nesting[(s->depth - 1) / 64] >> (s->depth - 1) % 64 & 1;
}

static bool is_word(uint8_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

// The first quote or backslash from `c`, or `end`.
static const uint8_t *skip_text(const uint8_t *c, const uint8_t *end) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
  for (; end - c >= 16; c += 16) {
    __m128i a = _mm_loadu_si128((const __m128i *)c);
    int stops = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(a, quote), _mm_cmpeq_epi8(a, slash)));
    if (stops) return c + __builtin_ctz((unsigned)stops);
  }
#endif
  while (c < end && *c != '"' && *c != '\\') c++;
  return c;
}

// Takes a byte that is no blank, outside of texts and words; false if it is not allowed there.
static bool take(keyjson_splitter *s, uint8_t c) {
  switch (s->state) {
  case WANTS_VALUE_OR_END:
  case WANTS_VALUE:
    if (c == '{' || c == '[') return enter(s, c == '{');
    if (c == '"') return s->state = IN_TEXT, s->is_name = false, true;
    if (c == ']' && s->state == WANTS_VALUE_OR_END) return s->depth--, s->state = AFTER_VALUE, true;
    if (is_word(c)) return s->state = IN_WORD, true;
    return false;
  case WANTS_NAME_OR_END:
  case WANTS_NAME:
    if (c == '"') return s->state = IN_TEXT, s->is_name = true, true;
    if (c == '}' && s->state == WANTS_NAME_OR_END) return s->depth--, s->state = AFTER_VALUE, true;
    return false;
  case WANTS_COLON:
    s->state = WANTS_VALUE;
    return c == ':';
  default: {
    bool is_object = is_in_object(s);
    if (c == ',') return s->state = is_object ? WANTS_NAME : WANTS_VALUE, true;
    if (c == (is_object ? '}' : ']')) return s->depth--, true;
    return false;
  }
  }
}

keyjson_split keyjson_splitter_scan(keyjson_splitter *s, const uint8_t *bytes, size_t *at, size_t length) {
  const uint8_t *c = bytes + *at, *end = bytes + length;
  while (true) {
    if (s->state == IN_TEXT) {
      c = skip_text(c, end);
      if (c == end) break;
      if (*c++ == '\\') s->state = IN_ESCAPE;
      else s->state = s->is_name ? WANTS_COLON : AFTER_VALUE;
    } else if (s->state == IN_ESCAPE) {
      if (c == end) break;
      c++;
      s->state = IN_TEXT;
    } else if (s->state == IN_WORD) {
      while (c < end && is_word(*c)) c++;
      if (c == end) break;
      s->state = AFTER_VALUE;
    } else if (s->state == AFTER_VALUE && !s->depth) {
      *at = (size_t)(c - bytes);
      return KEYJSON_SPLIT_END;
    } else {
      while (c < end && (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t')) c++;
      if (c == end) break;
      if (!take(s, *c)) {
        *at = (size_t)(c - bytes);
        return KEYJSON_SPLIT_WRONG;
      }
      c++;
    }
  }
  *at = length;
  return s->state == IN_WORD && !s->depth ? KEYJSON_SPLIT_NUMBER : KEYJSON_SPLIT_MORE;
}
