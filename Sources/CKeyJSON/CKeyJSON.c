#include "CKeyJSON.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TEXT_FIELDS = KEYJSON_CREATOR + 1, OTHER_FIELD = KEYJSON_FIELDS };

// Most levels that are skipped: as many as a page can hold, an eighth of a byte each.
enum { DEEPEST = 16 * 1024 * 1024 };

// Where the next call continues. Positions inside a member or record are not among them: those are read in one go.
enum state { AT_START, AT_FIRST_RECORD, AFTER_RECORD, AT_FIRST_MEMBER, AFTER_MEMBER, AT_END, AT_OWN, AFTER_END, FAILED };

// A copy of a text where the document has it in another form: escaped, or damaged.
typedef struct {
  uint8_t bytes[KEYJSON_LONGEST_TEXT];
} copy;

struct keyjson_decoder {
  const uint8_t *start, *at, *end;
  enum state state;
  keyjson_page page;
  keyjson_error error;
  const uint8_t *wrong;
  // The document is an object, and is read as a page and as a record until `data` or its end shows which it is.
  keyjson_record own;
  bool is_object, has_data, had_list, gave_records;
  // It has a member that only pages have; and `data` had a record that can be read.
  bool has_page_mark, gave_keys;
  const char *data_problem, *has_more_problem;
  // Which members of the document report an error: bits of ERROR_MEMBERS.
  unsigned error_members;
  // Whether the objects and lists around a value that is skipped are objects, a bit each.
  uint64_t *nesting;
  size_t nesting_words;
  // The catalogue by hash, open addressing; -1 is empty.
  char *names[64];
  size_t name_lengths[64];
  int8_t slots[256];
  keyjson_text list[KEYJSON_MOST_PERMISSIONS];
  copy copies[TEXT_FIELDS], last_id;
  uint8_t kept[KEYJSON_LONGEST_KEPT];
  // Hashing reads eight bytes, though a name be shorter.
  uint8_t list_copies[KEYJSON_LONGEST_LIST + 8];
};

// MARK: Characters

static uint64_t eight_bytes(const void *from) {
  uint64_t word;
  memcpy(&word, from, 8);
  return word;
}

// Eight characters as hexadecimal digits, the first the highest; `wrong` gets a bit where one is no digit in lower
// case.
static uint64_t eight_digits(uint64_t text, uint64_t *wrong) {
  const uint64_t ones = 0x0101010101010101;
  uint64_t value = (text & (ones * 0x0f)) + ((text >> 6) & ones) * 9;
  *wrong |= value & (ones * 0xf0);
  // Written again from its value, a digit is the character it came from, and anything else is not.
  *wrong |= text ^ (value + ones * '0' + (((value + ones * 6) >> 4) & ones) * ('a' - '0' - 10));
  value = __builtin_bswap64(value);
  value = (value | value >> 4) & 0x00ff00ff00ff00ff;
  value = (value | value >> 8) & 0x0000ffff0000ffff;
  return (value | value >> 16) & 0xffffffff;
}

// The canonical form only: lower case, hyphens at 8-4-4-4-12.
static bool read_uuid(keyjson_text text, keyjson_uuid *uuid) {
  const uint8_t *c = text.bytes;
  if (text.length != 36 || c[8] != '-' || c[13] != '-' || c[18] != '-' || c[23] != '-') return false;
  uint32_t parts[4];
  memcpy(&parts[0], c + 9, 4);
  memcpy(&parts[1], c + 14, 4);
  memcpy(&parts[2], c + 19, 4);
  memcpy(&parts[3], c + 24, 4);
  uint64_t wrong = 0;
  uuid->high = eight_digits(eight_bytes(c), &wrong) << 32;
  uuid->high |= eight_digits(parts[0] | (uint64_t)parts[1] << 32, &wrong);
  uuid->low = eight_digits(parts[2] | (uint64_t)parts[3] << 32, &wrong) << 32;
  uuid->low |= eight_digits(eight_bytes(c + 28), &wrong);
  return !wrong;
}

static int hex_digit(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The value of four hexadecimal digits, or -1.
static int four_digits(const uint8_t *c) {
  int value = 0;
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(c[i]);
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

// The length of the character at `c`, whose first byte is not ASCII; where it is none, the negated length of what is
// for one U+FFFD: the longest part of it that could have begun a character, or one byte.
static int sequence(const uint8_t *c, const uint8_t *end) {
  uint8_t lowest = 0x80, highest = 0xbf;
  int length;
  if (c[0] >= 0xc2 && c[0] <= 0xdf) length = 2;
  else if ((c[0] & 0xf0) == 0xe0) {
    length = 3;
    if (c[0] == 0xe0) lowest = 0xa0;
    if (c[0] == 0xed) highest = 0x9f; // no surrogates
  } else if (c[0] >= 0xf0 && c[0] <= 0xf4) {
    length = 4;
    if (c[0] == 0xf0) lowest = 0x90;
    if (c[0] == 0xf4) highest = 0x8f; // nothing above U+10FFFF
  } else return -1;
  for (int i = 1; i < length; i++) {
    if (c + i >= end || c[i] < lowest || c[i] > highest) return -i;
    lowest = 0x80;
    highest = 0xbf;
  }
  return length;
}

static bool is_utf8(const uint8_t *c, const uint8_t *end) {
  while (c < end) {
    if (end - c >= 8 && !(eight_bytes(c) & 0x8080808080808080)) {
      c += 8;
    } else if (*c < 0x80) {
      c++;
    } else {
      int length = sequence(c, end);
      if (length < 0) return false;
      c += length;
    }
  }
  return true;
}

// MARK: Texts

// What a text holds besides ASCII without escapes.
enum { HAS_ESCAPES = 1, HAS_OTHERS = 2, HAS_CONTROLS = 4 };

static bool fail(keyjson_decoder *d, keyjson_error error, const uint8_t *at) {
  d->error = error;
  d->wrong = at;
  return false;
}

// The character expected at `at` is not there.
static bool unexpected(keyjson_decoder *d, const uint8_t *at) {
  return at < d->end ? fail(d, KEYJSON_NOT_JSON, at) : fail(d, KEYJSON_ENDS_EARLY, d->end);
}

// From the backslash at `c` to after the escape; NULL when it is none.
static const uint8_t *skip_escape(keyjson_decoder *d, const uint8_t *c) {
  if (d->end - c < 2) {
    fail(d, KEYJSON_ENDS_EARLY, d->end);
    return NULL;
  }
  switch (c[1]) {
  case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return c + 2;
  case 'u':
    if (d->end - c < 6) {
      fail(d, KEYJSON_ENDS_EARLY, d->end);
      return NULL;
    }
    if (four_digits(c + 2) >= 0) return c + 6;
  }
  fail(d, KEYJSON_BAD_ESCAPE, c);
  return NULL;
}

// From after the quote that opens a text, the quote that closes it; NULL when there is none, or an escape is none.
static const uint8_t *text_end(keyjson_decoder *d, const uint8_t *c, unsigned *marks) {
  *marks = 0;
  while (c < d->end) {
#ifdef __SSE2__
    // Thirty-two characters at a time: most texts are done with the first.
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
    __m128i a = _mm_loadu_si128((const __m128i *)c), b = _mm_loadu_si128((const __m128i *)(c + 16));
    uint32_t stops = (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(a, quote), _mm_cmpeq_epi8(a, slash))) |
                     (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(b, quote), _mm_cmpeq_epi8(b, slash))) << 16;
    uint32_t others = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    uint32_t controls = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(a, control), control)) |
                        (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(b, control), control)) << 16;
    uint32_t before = stops ? (stops & -stops) - 1 : UINT32_MAX;
    if (others & before) *marks |= HAS_OTHERS;
    if (controls & before) *marks |= HAS_CONTROLS;
    if (!stops) {
      c += 32;
      continue;
    }
    c += __builtin_ctz(stops);
    if (c >= d->end) break;
#else
    if (*c != '"' && *c != '\\') {
      if (*c >= 0x80) *marks |= HAS_OTHERS;
      if (*c < 0x20) *marks |= HAS_CONTROLS;
      c++;
      continue;
    }
#endif
    if (*c == '"') return c;
    *marks |= HAS_ESCAPES;
    c = skip_escape(d, c);
    if (!c) return NULL;
  }
  fail(d, KEYJSON_ENDS_EARLY, d->end);
  return NULL;
}

// Writes a character into `to`, which has room for four bytes.
static size_t put(uint32_t scalar, uint8_t *to) {
  if (scalar < 0x80) return to[0] = (uint8_t)scalar, 1;
  if (scalar < 0x800) return to[0] = (uint8_t)(0xc0 | scalar >> 6), to[1] = (uint8_t)(0x80 | (scalar & 0x3f)), 2;
  size_t length = scalar < 0x10000 ? 3 : 4;
  for (size_t i = length; i-- > 1; scalar >>= 6) to[i] = (uint8_t)(0x80 | (scalar & 0x3f));
  to[0] = (uint8_t)((length == 3 ? 0xe0 : 0xf0) | scalar);
  return length;
}

// The character of the escape at `*c`, which moves past it; half of a surrogate pair alone is U+FFFD.
static uint32_t unescape(const uint8_t **c, const uint8_t *end, bool *damaged) {
  uint8_t kind = (*c)[1];
  *c += 2;
  switch (kind) {
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  case 'u': break;
  default: return kind;
  }
  uint32_t first = (uint32_t)four_digits(*c);
  *c += 4;
  if (first < 0xd800 || first > 0xdfff) return first;
  if (first < 0xdc00 && end - *c >= 6 && (*c)[0] == '\\' && (*c)[1] == 'u') {
    uint32_t second = (uint32_t)four_digits(*c + 2);
    if (second >= 0xdc00 && second <= 0xdfff) {
      *c += 6;
      return 0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff));
    }
  }
  *damaged = true;
  return 0xfffd;
}

// Copies a text between its quotes to at most `room` bytes without escapes; U+FFFD replaces what is damaged.
static size_t copy_text(const uint8_t *c, const uint8_t *end, uint8_t *to, size_t room, keyjson_trouble *trouble) {
  size_t length = 0;
  bool damaged = false;
  while (c < end) {
    uint8_t character[4];
    size_t size = 1;
    if (*c == '\\') {
      size = put(unescape(&c, end, &damaged), character);
    } else if (*c >= 0x80) {
      int found = sequence(c, end);
      if (found > 0) memcpy(character, c, size = (size_t)found);
      else size = put(0xfffd, character), damaged = true;
      c += found > 0 ? found : -found;
    } else if (*c < 0x20) {
      size = put(0xfffd, character), damaged = true;
      c++;
    } else {
      character[0] = *c++;
    }
    if (size > room - length) {
      *trouble = KEYJSON_TOO_LONG;
      return length;
    }
    memcpy(to + length, character, size);
    length += size;
  }
  *trouble = damaged ? KEYJSON_DAMAGED : KEYJSON_FINE;
  return length;
}

// A text between its quotes; copied to `to` only where it has another form in the document.
static keyjson_trouble unescaped_text(const uint8_t *c, const uint8_t *end, unsigned marks, uint8_t *to, size_t room,
                                  keyjson_text *text) {
  keyjson_trouble trouble = KEYJSON_FINE;
  if (!marks || (marks == HAS_OTHERS && is_utf8(c, end))) {
    *text = (keyjson_text){c, (size_t)(end - c)};
    return text->length > KEYJSON_LONGEST_TEXT ? KEYJSON_TOO_LONG : KEYJSON_FINE;
  }
  size_t length = copy_text(c, end, to, room < KEYJSON_LONGEST_TEXT ? room : KEYJSON_LONGEST_TEXT, &trouble);
  *text = (keyjson_text){to, length};
  return trouble;
}

// MARK: Values that are skipped

static const uint8_t *skip_blanks(const keyjson_decoder *d, const uint8_t *c) {
  while (c < d->end && (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t')) c++;
  return c;
}

static const uint8_t *skip_digits(const keyjson_decoder *d, const uint8_t *c) {
  while (c < d->end && *c >= '0' && *c <= '9') c++;
  return c;
}

static const uint8_t *skip_number(keyjson_decoder *d, const uint8_t *c) {
  const uint8_t *digits = c + (*c == '-'), *behind = skip_digits(d, digits);
  bool right = behind > digits && (*digits != '0' || behind == digits + 1);
  if (right && behind < d->end && *behind == '.') {
    digits = behind + 1;
    behind = skip_digits(d, digits);
    right = behind > digits;
  }
  if (right && behind < d->end && (*behind == 'e' || *behind == 'E')) {
    digits = behind + 1;
    if (digits < d->end && (*digits == '+' || *digits == '-')) digits++;
    behind = skip_digits(d, digits);
    right = behind > digits;
  }
  if (right) return behind;
  if (behind == d->end) fail(d, KEYJSON_ENDS_EARLY, d->end);
  else fail(d, KEYJSON_BAD_NUMBER, c);
  return NULL;
}

static const uint8_t *skip_word(keyjson_decoder *d, const uint8_t *c, const char *word, size_t length) {
  size_t rest = (size_t)(d->end - c);
  if (!memcmp(c, word, rest < length ? rest : length)) {
    if (rest >= length) return c + length;
    fail(d, KEYJSON_ENDS_EARLY, d->end);
  } else {
    fail(d, KEYJSON_NOT_JSON, c);
  }
  return NULL;
}

// From the name of a member at `c` to its value. NULL when there is none.
static const uint8_t *skip_name(keyjson_decoder *d, const uint8_t *c, const uint8_t **name, const uint8_t **name_end,
                                unsigned *marks) {
  if (c >= d->end || *c != '"') return unexpected(d, c), NULL;
  *name = c + 1;
  *name_end = text_end(d, c + 1, marks);
  if (!*name_end) return NULL;
  c = skip_blanks(d, *name_end + 1);
  if (c >= d->end || *c != ':') return unexpected(d, c), NULL;
  return skip_blanks(d, c + 1);
}

// Notes that one more object or list was entered.
static bool enter(keyjson_decoder *d, const uint8_t *c, size_t depth, bool is_object) {
  if (depth >= DEEPEST) return fail(d, KEYJSON_TOO_DEEP, c);
  if (depth / 64 >= d->nesting_words) {
    size_t words = d->nesting_words ? d->nesting_words * 2 : 16;
    uint64_t *larger = realloc(d->nesting, words * sizeof *larger);
    if (!larger) return fail(d, KEYJSON_NO_MEMORY, c);
    d->nesting = larger;
    d->nesting_words = words;
  }
  uint64_t bit = 1ull << depth % 64;
  if (is_object) d->nesting[depth / 64] |= bit;
  else d->nesting[depth / 64] &= ~bit;
  return true;
}

// Behind the value that begins at `c`; NULL when it is none.
static const uint8_t *skip_value(keyjson_decoder *d, const uint8_t *c) {
  size_t depth = 0;
  const uint8_t *name, *name_end;
  unsigned marks;
  while (true) {
    if (c >= d->end) return unexpected(d, c), NULL;
    switch (*c) {
    case '"':
      c = text_end(d, c + 1, &marks);
      if (c) c++;
      break;
    case 't': c = skip_word(d, c, "true", 4); break;
    case 'f': c = skip_word(d, c, "false", 5); break;
    case 'n': c = skip_word(d, c, "null", 4); break;
    case '{':
    case '[': {
      bool is_object = *c == '{';
      if (!enter(d, c, depth, is_object)) return NULL;
      c = skip_blanks(d, c + 1);
      if (c < d->end && *c == (is_object ? '}' : ']')) {
        c++;
        break;
      }
      depth++;
      if (is_object && !(c = skip_name(d, c, &name, &name_end, &marks))) return NULL;
      continue;
    }
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
      c = skip_number(d, c);
      break;
    default: return unexpected(d, c), NULL;
    }
    if (!c) return NULL;
    // Behind a value: out of what it ends, and on to the next.
    while (true) {
      if (!depth) return c;
      bool is_object = d->nesting[(depth - 1) / 64] >> (depth - 1) % 64 & 1;
      c = skip_blanks(d, c);
      if (c < d->end && *c == ',') {
        c = skip_blanks(d, c + 1);
        if (is_object && !(c = skip_name(d, c, &name, &name_end, &marks))) return NULL;
        break;
      }
      if (c >= d->end || *c != (is_object ? '}' : ']')) return unexpected(d, c), NULL;
      c++;
      depth--;
    }
  }
}

static keyjson_trouble kind_of(uint8_t first) {
  switch (first) {
  case '"': return KEYJSON_TEXT;
  case '{': return KEYJSON_OBJECT;
  case '[': return KEYJSON_LIST;
  case 't': case 'f': return KEYJSON_BOOLEAN;
  case 'n': return KEYJSON_NULL;
  default: return KEYJSON_NUMBER;
  }
}

// MARK: Records

// From the ends of a name, eight bytes each: names of permissions differ there. Eight bytes are readable at `name`.
static uint32_t hash(const uint8_t *name, size_t length) {
  uint64_t first = eight_bytes(name), last = 0;
  if (length < 8) first &= (1ull << length * 8) - 1;
  else last = eight_bytes(name + length - 8);
  uint64_t value = ((first ^ length) * 0x9e3779b97f4a7c15u) ^ (last * 0xc2b2ae3d27d4eb4fu);
  return (uint32_t)((value ^ value >> 29) * 0xbf58476d1ce4e5b9u >> 40);
}

// The number of a permission in the catalogue, or -1.
static int find(const keyjson_decoder *d, keyjson_text name) {
  for (uint32_t i = hash(name.bytes, name.length);; i++) {
    int index = d->slots[i & 255];
    if (index < 0) return -1;
    if (d->name_lengths[index] == name.length && !memcmp(d->names[index], name.bytes, name.length)) return index;
  }
}

static int field_named(const uint8_t *name, size_t length) {
  switch (length) {
  case 2: return memcmp(name, "id", 2) ? OTHER_FIELD : KEYJSON_ID;
  case 4: return memcmp(name, "name", 4) ? OTHER_FIELD : KEYJSON_NAME;
  case 10:
    if (!memcmp(name, "creator_id", 10)) return KEYJSON_CREATOR;
    return memcmp(name, "restricted", 10) ? OTHER_FIELD : KEYJSON_RESTRICTED;
  case 11: return memcmp(name, "permissions", 11) ? OTHER_FIELD : KEYJSON_PERMISSIONS;
  case 12: return memcmp(name, "created_date", 12) ? OTHER_FIELD : KEYJSON_CREATED;
  case 16: return memcmp(name, "last_four_digits", 16) ? OTHER_FIELD : KEYJSON_LAST_FOUR;
  default: return OTHER_FIELD;
  }
}

static keyjson_text *text_of(keyjson_record *record, int field) {
  switch (field) {
  case KEYJSON_ID: return &record->id;
  case KEYJSON_NAME: return &record->name;
  case KEYJSON_CREATED: return &record->created;
  case KEYJSON_LAST_FOUR: return &record->last_four;
  default: return &record->creator;
  }
}

// A field has no value: its JSON, from `start` to `behind`, is kept, and damaged text in it is not reported.
static void note_odd(keyjson_record *record, int field, const uint8_t *start, const uint8_t *behind) {
  record->marks |= (uint32_t)KEYJSON_ODD << field;
  record->marks &= ~((uint32_t)KEYJSON_REPAIRED << field);
  record->raw[field] = (keyjson_text){start, (size_t)(behind - start)};
}

// Reads the list at `c` and returns what follows it; NULL when it is none. A list with anything but names in it, or
// with too many, is odd as a whole: what it allows is not reported.
static const uint8_t *read_permissions(keyjson_decoder *d, const uint8_t *c, keyjson_record *record) {
  size_t count = 0, bytes = 0;
  int previous = -1;
  bool in_order = true, is_odd = false;
  const uint8_t *start = c;
  c = skip_blanks(d, c + 1);
  if (c < d->end && *c == ']') c++;
  else {
    while (true) {
      if (c < d->end && *c == '"') {
        unsigned marks;
        const uint8_t *text = c + 1, *text_stop = text_end(d, text, &marks);
        if (!text_stop) return NULL;
        c = text_stop + 1;
        if (count == KEYJSON_MOST_PERMISSIONS) is_odd = true;
        if (!is_odd) {
          keyjson_text name;
          keyjson_trouble trouble =
              unescaped_text(text, text_stop, marks, d->list_copies + bytes, KEYJSON_LONGEST_LIST - bytes, &name);
          if (trouble == KEYJSON_DAMAGED) record->marks |= KEYJSON_REPAIRED << KEYJSON_PERMISSIONS;
          if (trouble == KEYJSON_TOO_LONG || name.length > KEYJSON_LONGEST_LIST - bytes) is_odd = true;
          else {
            bytes += name.length;
            int index = find(d, name);
            if (index <= previous) in_order = false;
            else previous = index;
            if (index >= 0) record->mask |= 1ull << index;
            d->list[count++] = name;
          }
        }
      } else {
        is_odd = true;
        c = skip_value(d, c);
        if (!c) return NULL;
      }
      c = skip_blanks(d, c);
      if (c >= d->end) return unexpected(d, c), NULL;
      if (*c == ']') break;
      if (*c != ',') return unexpected(d, c), NULL;
      c = skip_blanks(d, c + 1);
    }
    c++;
  }
  if (is_odd) {
    note_odd(record, KEYJSON_PERMISSIONS, start, c);
    record->mask = 0;
    return c;
  }
  record->permissions = in_order ? KEYJSON_PERMISSIONS_MASK : KEYJSON_PERMISSIONS_LIST;
  record->list = d->list;
  record->list_count = count;
  return c;
}

// Reads the text at `c` into a field, and returns what follows it; NULL when it is none.
static const uint8_t *read_text(keyjson_decoder *d, const uint8_t *c, int field, keyjson_record *record) {
  unsigned marks;
  const uint8_t *stop = text_end(d, c + 1, &marks);
  if (!stop) return NULL;
  keyjson_text *text = text_of(record, field);
  keyjson_trouble trouble =
      unescaped_text(c + 1, stop, marks, d->copies[field].bytes, sizeof d->copies[field].bytes, text);
  if (trouble == KEYJSON_FINE) return stop + 1;
  if (trouble == KEYJSON_DAMAGED) {
    record->marks |= (uint32_t)KEYJSON_REPAIRED << field;
    record->raw[field] = (keyjson_text){c, (size_t)(stop + 1 - c)};
  } else {
    *text = (keyjson_text){NULL, 0};
    note_odd(record, field, c, stop + 1);
  }
  return stop + 1;
}

// Reads the value at `c` into a field, replacing its content, and returns what follows it; NULL when it is none.
static const uint8_t *read_field(keyjson_decoder *d, const uint8_t *c, int field, keyjson_record *record) {
  if (c >= d->end) return unexpected(d, c), NULL;
  if (record->marks & (uint32_t)KEYJSON_PRESENT << field) {
    // A duplicate: the last counts.
    record->marks &= ~((uint32_t)(KEYJSON_REPAIRED | KEYJSON_ODD) << field);
    if (field == KEYJSON_ID) record->id_is_number = false;
  }
  record->marks |= (uint32_t)KEYJSON_PRESENT << field;
  uint8_t first = *c;
  if (field < TEXT_FIELDS) {
    if (first == '"') return read_text(d, c, field, record);
    *text_of(record, field) = (keyjson_text){NULL, 0};
  } else if (field == KEYJSON_RESTRICTED) {
    record->restricted = first == 't' ? 1 : first == 'f' ? 0 : -1;
    if (first == 't' || first == 'f') return skip_value(d, c);
  } else {
    record->mask = 0;
    record->permissions = KEYJSON_PERMISSIONS_NONE;
    if (first == '[') return read_permissions(d, c, record);
  }
  const uint8_t *behind = skip_value(d, c);
  if (!behind || first == 'n') return behind;
  if (field == KEYJSON_ID && kind_of(first) == KEYJSON_NUMBER && behind - c <= KEYJSON_LONGEST_TEXT) {
    record->id = (keyjson_text){c, (size_t)(behind - c)};
    record->id_is_number = true;
  } else {
    note_odd(record, field, c, behind);
  }
  return behind;
}

static void begin_record(keyjson_record *record) {
  // What is raw is read only if the marks show that it was written.
  memset(record, 0, offsetof(keyjson_record, raw));
  record->restricted = -1;
}

// Why a record has no id.
static keyjson_trouble id_trouble(const keyjson_record *record) {
  if (record->marks & KEYJSON_ODD << KEYJSON_ID) {
    keyjson_trouble kind = kind_of(*record->raw[KEYJSON_ID].bytes);
    // A text or a number would have been an id, were it shorter.
    return kind == KEYJSON_TEXT || kind == KEYJSON_NUMBER ? KEYJSON_TOO_LONG : kind;
  }
  if (record->id.bytes) return KEYJSON_BLANK;
  return record->marks & KEYJSON_PRESENT << KEYJSON_ID ? KEYJSON_NULL : KEYJSON_NOTHING;
}

static bool is_name(const uint8_t *name, const uint8_t *name_end, const char *wanted) {
  size_t length = strlen(wanted);
  return (size_t)(name_end - name) == length && !memcmp(name, wanted, length);
}

// What is known about a record when all its members were read.
static void end_record(keyjson_record *record) {
  if (!record->id.length) {
    record->bad_field = "id";
    record->trouble = (uint8_t)id_trouble(record);
    return;
  }
  record->id_is_uuid = read_uuid(record->id, &record->id_value);
  if (record->creator.bytes) record->creator_is_uuid = read_uuid(record->creator, &record->creator_value);
}

// A name of a member that is written with escapes; those longer than the room match no known name.
static void unescape_name(const uint8_t **name, const uint8_t **name_end, unsigned marks, uint8_t *room, size_t size) {
  if (!(marks & HAS_ESCAPES)) return;
  keyjson_trouble trouble;
  size_t length = copy_text(*name, *name_end, room, size, &trouble);
  *name = room;
  *name_end = room + (trouble ? 0 : length);
}

// Reads the element of a list that begins at `c`, and returns what follows it; NULL when it is none.
static const uint8_t *read_record(keyjson_decoder *d, const uint8_t *c, keyjson_record *record) {
  uint8_t room[32];
  begin_record(record);
  if (c >= d->end || *c != '{') {
    record->bad_field = "record";
    if (c < d->end) record->trouble = (uint8_t)kind_of(*c);
    return skip_value(d, c);
  }
  c = skip_blanks(d, c + 1);
  if (c < d->end && *c == '}') c++;
  else {
    while (true) {
      const uint8_t *name, *name_end;
      unsigned marks;
      c = skip_name(d, c, &name, &name_end, &marks);
      if (!c) return NULL;
      unescape_name(&name, &name_end, marks, room, sizeof room);
      int field = field_named(name, (size_t)(name_end - name));
      if (field == OTHER_FIELD && c < d->end && *c == '[' && is_name(name, name_end, "data")) record->has_data_list = true;
      c = field == OTHER_FIELD ? skip_value(d, c) : read_field(d, c, field, record);
      if (!c) return NULL;
      c = skip_blanks(d, c);
      if (c >= d->end) return unexpected(d, c), NULL;
      if (*c == '}') break;
      if (*c != ',') return unexpected(d, c), NULL;
      c = skip_blanks(d, c + 1);
    }
    c++;
  }
  end_record(record);
  return c;
}

// MARK: Documents

// A number that is whole and not negative, else -1. The value begins at `c` and ends at `end`.
static int64_t whole_number(const uint8_t *c, const uint8_t *end) {
  int64_t value = 0;
  for (; c < end; c++)
    if (*c < '0' || *c > '9' || __builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *c - '0', &value))
      return -1;
  return value;
}

// Whether a member of this name makes an object a page, though it has an id.
static bool is_page_mark(const uint8_t *name, const uint8_t *name_end) {
  static const char *const marks[] = {"has_more", "first_id", "last_id", "total_pages", "complete", "evidence"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (is_name(name, name_end, marks[i])) return true;
  return false;
}

// Whether the document's object, read to its end, is a key and not a page. A page has `data`, and none of a key's
// fields as a rule; a key may have anything of that name beside its own. What has an id, a list of keys and no other
// field is a page: its keys must not be hidden.
static bool is_key(const keyjson_decoder *d) {
  if (!d->had_list) return !d->has_data || d->own.id.bytes;
  if (d->has_page_mark) return false;
  const uint32_t fields = KEYJSON_USUAL * KEYJSON_PRESENT, id = KEYJSON_PRESENT << KEYJSON_ID;
  if (!d->gave_keys) return d->own.marks & fields;
  return d->own.id.bytes && d->own.marks & fields & ~id;
}

// Members with which a page reports that it is none, or not whole, whatever the status was. The last of a name counts.
static const char *const error_members[] = {"error", "errors", "status", "success", "ok"};

// Whether the value at `c`, which can be read, is empty: null, false, 0, a blank text, or a list or an object of these.
static bool says_nothing(keyjson_decoder *d, const uint8_t *c, int depth) {
  const uint8_t *behind = skip_value(d, c);
  if (!behind) return false;
  if (*c == '"') {
    for (c++; c < behind - 1; c++) {
      const bool is_escaped = *c == '\\' && (c[1] == 't' || c[1] == 'n' || c[1] == 'r');
      if (*c != ' ' && !is_escaped) return false;
      if (is_escaped) c++;
    }
    return true;
  }
  if (*c != '{' && *c != '[') return *c == 'n' || *c == 'f' || whole_number(c, behind) == 0;
  const bool is_object = *c == '{';
  if (!depth) return false;
  for (c = skip_blanks(d, c + 1); c < behind - 1; c = skip_blanks(d, c)) {
    const uint8_t *name, *name_end;
    unsigned marks;
    if (*c == ',') c = skip_blanks(d, c + 1);
    if (is_object && !(c = skip_name(d, c, &name, &name_end, &marks))) return false;
    if (!says_nothing(d, c, depth - 1)) return false;
    c = skip_value(d, c);
  }
  return true;
}

// Whether a text begins with this, in capitals or not.
static bool begins_with(const uint8_t *c, const uint8_t *end, const char *wanted) {
  for (; *wanted; wanted++, c++)
    if (c >= end || (*c | 0x20) != *wanted) return false;
  return true;
}

static void note_error(keyjson_decoder *d, const uint8_t *c, const uint8_t *behind, const uint8_t *name,
                       const uint8_t *name_end) {
  for (unsigned i = 0; i < sizeof error_members / sizeof *error_members; i++) {
    if (!is_name(name, name_end, error_members[i])) continue;
    bool says_error;
    if (i < 2) says_error = !says_nothing(d, c, 8);
    else if (i > 2) says_error = *c == 'f';
    else if (*c == '"') says_error = begins_with(c + 1, behind, "error") || begins_with(c + 1, behind, "fail");
    else says_error = whole_number(c, behind) >= 400;
    d->error_members = says_error ? d->error_members | 1u << i : d->error_members & ~(1u << i);
  }
}

// Reads the value of one member of the document's object, and returns what follows it; NULL when it is none. Where it
// is `data`, with a list, that is the position of the first record.
static const uint8_t *read_member(keyjson_decoder *d, const uint8_t *c, const uint8_t *name, const uint8_t *name_end) {
  keyjson_page *page = &d->page;
  if (c >= d->end) return unexpected(d, c), NULL;
  if (is_name(name, name_end, "data")) {
    d->has_data = true;
    d->data_problem = *c == '[' ? NULL : "`data` is not a list";
    if (*c != '[') return skip_value(d, c);
    d->had_list = true;
    d->state = AT_FIRST_RECORD;
    return c + 1;
  }
  d->has_page_mark = d->has_page_mark || is_page_mark(name, name_end);
  if (is_name(name, name_end, "last_id")) {
    page->last_id = (keyjson_text){NULL, 0};
    if (*c != '"') {
      const uint8_t *behind = skip_value(d, c);
      // Where ids are numbers, so is this one.
      if (behind && kind_of(*c) == KEYJSON_NUMBER && behind - c <= KEYJSON_LONGEST_TEXT)
        page->last_id = (keyjson_text){c, (size_t)(behind - c)};
      return behind;
    }
    unsigned marks;
    const uint8_t *stop = text_end(d, c + 1, &marks);
    if (!stop) return NULL;
    // A damaged id leads nowhere, and an empty one is none.
    if (unescaped_text(c + 1, stop, marks, d->last_id.bytes, sizeof d->last_id.bytes, &page->last_id) ||
        !page->last_id.length)
      page->last_id = (keyjson_text){NULL, 0};
    return stop + 1;
  }
  int field = field_named(name, (size_t)(name_end - name));
  if (field != OTHER_FIELD) return read_field(d, c, field, &d->own);
  const uint8_t *behind = skip_value(d, c);
  if (!behind) return NULL;
  if (is_name(name, name_end, "has_more")) {
    page->has_more = *c == 't';
    page->has_more_present = *c == 't' || *c == 'f';
    d->has_more_problem = page->has_more_present ? NULL : "`has_more` is not true or false";
  } else if (is_name(name, name_end, "complete")) {
    page->marked_incomplete = *c == 'f';
    page->marked_unknown = *c == 'n';
    page->marked_complete = *c == 't';
  } else if (is_name(name, name_end, "total_pages")) {
    page->total_pages = whole_number(c, behind);
  } else if (is_name(name, name_end, "count")) {
    page->count = whole_number(c, behind);
  } else if (is_name(name, name_end, "format")) {
    page->format = whole_number(c, behind);
  } else if (is_name(name, name_end, "evidence")) {
    page->evidence = *c == '{' ? (keyjson_text){c, (size_t)(behind - c)} : (keyjson_text){NULL, 0};
  } else {
    note_error(d, c, behind, name, name_end);
  }
  return behind;
}

// Goes on with the members of the document's object up to the records in `data`, or its end; false when it is none.
static bool read_members(keyjson_decoder *d) {
  const uint8_t *c = skip_blanks(d, d->at);
  bool is_first = d->state == AT_FIRST_MEMBER;
  if (!is_first || c >= d->end || *c != '}') {
    while (true) {
      if (!is_first) {
        c = skip_blanks(d, c);
        if (c < d->end && *c == '}') break;
        if (c >= d->end || *c != ',') return unexpected(d, c);
        c = skip_blanks(d, c + 1);
      }
      is_first = false;
      const uint8_t *name, *name_end;
      unsigned marks;
      uint8_t room[32];
      c = skip_name(d, c, &name, &name_end, &marks);
      if (!c) return false;
      unescape_name(&name, &name_end, marks, room, sizeof room);
      c = read_member(d, c, name, name_end);
      if (!c) return false;
      if (d->state == AT_FIRST_RECORD) {
        d->at = c;
        return true;
      }
    }
  }
  d->at = c + 1;
  d->state = AT_END;
  return true;
}

// Finds out what the document is.
static bool begin_value(keyjson_decoder *d) {
  const uint8_t *c = d->at;
  // A byte order mark is skipped, as RFC 8259 allows.
  if (d->end - c >= 3 && c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf) c += 3;
  c = skip_blanks(d, c);
  if (c >= d->end) return fail(d, KEYJSON_EMPTY, d->start);
  if (*c == '{') {
    d->is_object = true;
    d->state = AT_FIRST_MEMBER;
    d->at = c + 1;
  } else if (*c == '[') {
    d->page.root = KEYJSON_ROOT_ARRAY;
    d->state = AT_FIRST_RECORD;
    d->at = c + 1;
  } else {
    d->at = skip_value(d, c);
    if (!d->at) return false;
    d->page.problem = "it is neither an object nor a list";
    d->state = AT_END;
  }
  return true;
}

// Reads the next record of a list, if there is one; false when it is none.
static bool read_element(keyjson_decoder *d, keyjson_record *record, bool *found) {
  const uint8_t *c = skip_blanks(d, d->at);
  bool is_first = d->state == AT_FIRST_RECORD;
  if (c >= d->end) return unexpected(d, c);
  *found = *c != ']';
  if (!*found) {
    d->at = c + 1;
    d->state = d->is_object ? AFTER_MEMBER : AT_END;
    return true;
  }
  if (!is_first) {
    if (*c != ',') return unexpected(d, c);
    c = skip_blanks(d, c + 1);
  }
  d->at = read_record(d, c, record);
  d->state = AFTER_RECORD;
  return d->at != NULL;
}

// Determines what the document was, when its end was reached: `*is_record` is set if it is `own`; false when more
// follows.
static bool end_document(keyjson_decoder *d, bool *is_record) {
  const uint8_t *c = skip_blanks(d, d->at);
  if (c < d->end) return fail(d, KEYJSON_MORE_BEHIND, c);
  d->state = AFTER_END;
  *is_record = false;
  if (!d->is_object) return true;
  *is_record = is_key(d);
  d->page.root = *is_record ? KEYJSON_ROOT_RECORD : KEYJSON_ROOT_PAGE;
  if (*is_record) end_record(&d->own);
  else if (d->error_members) d->page.problem = "it reports an error in place of a whole list";
  else d->page.problem = d->data_problem ? d->data_problem : d->has_more_problem;
  d->page.has_odd_has_more = !*is_record && !d->data_problem && d->has_more_problem;
  return true;
}

// MARK: Interface

keyjson_decoder *keyjson_create(const char *const *names, size_t count) {
  // Not cleared: the copies take memory only where a document needs them.
  keyjson_decoder *d = malloc(sizeof *d);
  if (!d) return NULL;
  d->nesting = NULL;
  d->nesting_words = 0;
  memset(d->names, 0, sizeof d->names);
  memset(d->slots, -1, sizeof d->slots);
  for (size_t i = 0; i < count && i < 64; i++) {
    size_t length = strlen(names[i]);
    // Hashing reads eight bytes, though a name be shorter.
    d->names[i] = calloc(1, length + 8);
    if (!d->names[i]) {
      keyjson_destroy(d);
      return NULL;
    }
    memcpy(d->names[i], names[i], length);
    d->name_lengths[i] = length;
    uint32_t slot = hash((const uint8_t *)d->names[i], length);
    while (d->slots[slot & 255] >= 0) slot++;
    d->slots[slot & 255] = (int8_t)i;
  }
  keyjson_begin(d, (const uint8_t *)"", 0);
  return d;
}

void keyjson_destroy(keyjson_decoder *d) {
  for (size_t i = 0; i < 64; i++) free(d->names[i]);
  free(d->nesting);
  free(d);
}

void keyjson_begin(keyjson_decoder *d, const uint8_t *bytes, size_t length) {
  d->start = d->at = bytes;
  d->end = bytes + length;
  d->state = AT_START;
  memset(&d->page, 0, sizeof d->page);
  d->page.root = KEYJSON_ROOT_OTHER;
  d->page.total_pages = d->page.count = d->page.format = -1;
  begin_record(&d->own);
  d->is_object = d->has_data = d->had_list = d->gave_records = false;
  d->has_page_mark = d->gave_keys = false;
  d->data_problem = d->has_more_problem = NULL;
  d->error_members = 0;
}

keyjson_step keyjson_next(keyjson_decoder *d, keyjson_record *record) {
  bool found = false, is_right = true;
  while (is_right) {
    switch (d->state) {
    case AT_START: is_right = begin_value(d); break;
    case AT_FIRST_MEMBER:
    case AFTER_MEMBER:
      is_right = read_members(d);
      if (is_right && d->state == AT_FIRST_RECORD && d->gave_records) {
        d->gave_records = d->gave_keys = false;
        return KEYJSON_STEP_AGAIN;
      }
      break;
    case AT_FIRST_RECORD:
    case AFTER_RECORD:
      is_right = read_element(d, record, &found);
      if (is_right && found) {
        d->gave_records = true;
        d->gave_keys = d->gave_keys || record->trouble == KEYJSON_FINE;
        return KEYJSON_STEP_RECORD;
      }
      break;
    case AT_END:
      is_right = end_document(d, &found);
      if (is_right && found) d->state = AT_OWN;
      // What was given of a list in the key's own `data` are no keys.
      if (is_right && found && d->gave_records) return KEYJSON_STEP_AGAIN;
      break;
    case AT_OWN:
      d->state = AFTER_END;
      *record = d->own;
      return KEYJSON_STEP_RECORD;
    case AFTER_END: return KEYJSON_STEP_END;
    case FAILED: return KEYJSON_STEP_FAILED;
    }
  }
  d->state = FAILED;
  return KEYJSON_STEP_FAILED;
}

const keyjson_page *keyjson_page_of(const keyjson_decoder *d) { return &d->page; }

keyjson_error keyjson_error_of(const keyjson_decoder *d, size_t *offset) {
  *offset = (size_t)(d->wrong - d->start);
  return d->error;
}

bool keyjson_has_failed(const keyjson_decoder *d) { return d->state == FAILED; }

// MARK: Error responses

// The value of a member of the object at `c`, the last of that name; NULL when there is none, or `c` is no object.
static const uint8_t *member(keyjson_decoder *d, const uint8_t *c, const char *wanted) {
  const uint8_t *found = NULL;
  if (!c || c >= d->end || *c != '{') return NULL;
  c = skip_blanks(d, c + 1);
  while (c && c < d->end && *c == '"') {
    const uint8_t *name, *name_end;
    unsigned marks;
    uint8_t room[32];
    c = skip_name(d, c, &name, &name_end, &marks);
    if (!c) break;
    unescape_name(&name, &name_end, marks, room, sizeof room);
    if (is_name(name, name_end, wanted)) found = c;
    c = skip_value(d, c);
    if (!c) break;
    c = skip_blanks(d, c);
    if (c < d->end && *c == ',') c = skip_blanks(d, c + 1);
  }
  return found;
}

bool keyjson_is_kept(keyjson_decoder *d, keyjson_text json, keyjson_text *text, int64_t *bytes) {
  const uint8_t *c = json.bytes, *end = c + json.length, *number;
  // Each of its bytes takes six at most; the rest is the names.
  if (json.length > 6 * KEYJSON_LONGEST_KEPT + 64 || *c != '{') return false;
  const uint8_t *kept = member(d, c, "not_understood");
  if (!kept || *kept != '"' || !(number = member(d, c, "bytes"))) return false;
  size_t members = 0;
  for (c = skip_blanks(d, c + 1); c && c < end && *c != '}'; c = skip_blanks(d, c)) {
    const uint8_t *name, *name_end;
    unsigned marks;
    if (*c == ',') c = skip_blanks(d, c + 1);
    c = skip_name(d, c, &name, &name_end, &marks);
    if (!c || !(c = skip_value(d, c))) return false;
    members++;
  }
  unsigned marks;
  keyjson_trouble trouble;
  const uint8_t *stop = text_end(d, kept + 1, &marks), *behind = skip_value(d, number);
  if (members != 2 || !stop || !behind) return false;
  *bytes = whole_number(number, behind);
  *text = (keyjson_text){d->kept, copy_text(kept + 1, stop, d->kept, sizeof d->kept, &trouble)};
  return *bytes >= 0 && trouble == KEYJSON_FINE;
}

// The first element of the list at `c`, or the one after the element `before`; NULL when there is none.
static const uint8_t *element(keyjson_decoder *d, const uint8_t *c, const uint8_t *before) {
  if (before) c = skip_value(d, before);
  if (!c) return NULL;
  c = skip_blanks(d, c);
  if (c >= d->end || *c != (before ? ',' : '[')) return NULL;
  c = skip_blanks(d, c + 1);
  return c < d->end && *c != ']' ? c : NULL;
}

// A sentence that is put together; what has no room is left out.
typedef struct {
  uint8_t *bytes;
  size_t length;
  // Objects within objects that are looked into.
  int depth;
} sentence;

static void add(sentence *s, const char *text, size_t length) {
  if (length > KEYJSON_LONGEST_TEXT - s->length) return;
  memcpy(s->bytes + s->length, text, length);
  s->length += length;
}

// Adds the text at `c`; false if something else is there.
static bool add_text(keyjson_decoder *d, sentence *s, const uint8_t *c) {
  unsigned marks;
  keyjson_trouble trouble;
  if (!c || c >= d->end || *c != '"') return false;
  const uint8_t *stop = text_end(d, c + 1, &marks);
  if (!stop) return false;
  s->length += copy_text(c + 1, stop, s->bytes + s->length, KEYJSON_LONGEST_TEXT - s->length, &trouble);
  return true;
}

// Whether there is a text at `c` with more in it than blanks.
static bool is_words(keyjson_decoder *d, const uint8_t *c) {
  return c && c < d->end && *c == '"' && !says_nothing(d, c, 0);
}

// Adds the text at `c` after `between`, unless it is blank or repeats what precedes it.
static bool add_behind(keyjson_decoder *d, sentence *s, const char *between, const uint8_t *c) {
  size_t before = s->length;
  if (!is_words(d, c)) return false;
  if (before) add(s, between, strlen(between));
  size_t start = s->length;
  bool is_text = add_text(d, s, c);
  size_t length = s->length - start;
  if (is_text && length && !(length <= before && !memcmp(s->bytes + before - length, s->bytes + start, length))) return true;
  s->length = before;
  return false;
}

static void add_any(keyjson_decoder *d, sentence *s, const uint8_t *c, bool is_by_field);

// Adds the first of these members of an object that has words: a text, a list of them, or an object about an error.
static bool add_first(keyjson_decoder *d, sentence *s, const char *between, const uint8_t *object, const char *const *names) {
  for (; *names; names++) {
    const uint8_t *value = member(d, object, *names);
    size_t before = s->length;
    if (add_behind(d, s, between, value)) return true;
    if (value && (*value == '[' || *value == '{')) add_any(d, s, value, false);
    if (s->length > before) return true;
  }
  return false;
}

// What servers call the sentence of an error, and what holds one where there is none beside it.
static const char *const message_names[] = {"message", "Message", "msg", "detail", "error_description", "error_message",
                                            "errorMessage", "reason", "description", "messages", "errors", "error",
                                            NULL};

// One of a list of things that are wrong, as FastAPI reports them: where, and what.
static bool add_detail(keyjson_decoder *d, sentence *s, const uint8_t *item) {
  const uint8_t *message = member(d, item, "msg"), *location = member(d, item, "loc"), *part = NULL;
  if (!is_words(d, message)) return false;
  if (s->length) add(s, "; ", 2);
  size_t before = s->length;
  while (location && (part = element(d, location, part))) {
    const uint8_t *stop = skip_value(d, part);
    bool is_index = stop && whole_number(part, stop) >= 0;
    if (!is_index && *part != '"') continue;
    if (s->length > before) add(s, ".", 1);
    if (is_index) add(s, (const char *)part, (size_t)(stop - part));
    else add_text(d, s, part);
  }
  if (s->length > before) add(s, ": ", 2);
  add_text(d, s, message);
  return true;
}

// The words of an object that is about an error: its title, and its message.
static void add_object(keyjson_decoder *d, sentence *s, const uint8_t *object) {
  const char *between = "; ";
  if (s->depth >= 4 || add_detail(d, s, object)) return;
  s->depth++;
  if (add_behind(d, s, between, member(d, object, "title"))) between = ": ";
  add_first(d, s, between, object, message_names);
  s->depth--;
}

// A list of things that are wrong: texts, unless only objects count, and objects.
static void add_list(keyjson_decoder *d, sentence *s, const uint8_t *list, bool has_texts) {
  const uint8_t *item = NULL;
  while ((item = element(d, list, item))) {
    if (*item == '{') add_object(d, s, item);
    else if (has_texts) add_behind(d, s, "; ", item);
  }
}

// What is wrong by field: {"limit": ["is too large"]}.
static void add_fields(keyjson_decoder *d, sentence *s, const uint8_t *c) {
  c = skip_blanks(d, c + 1);
  while (c && c < d->end && *c == '"') {
    const uint8_t *name, *name_end;
    unsigned marks;
    c = skip_name(d, c, &name, &name_end, &marks);
    if (!c) return;
    const uint8_t *text = *c == '[' ? element(d, c, NULL) : c;
    if (text && *text == '"' && !marks) {
      size_t before = s->length;
      if (before) add(s, "; ", 2);
      add(s, (const char *)name, (size_t)(name_end - name));
      if (!add_behind(d, s, ": ", text)) s->length = before;
    }
    c = skip_value(d, c);
    if (!c) return;
    c = skip_blanks(d, c);
    if (c < d->end && *c == ',') c = skip_blanks(d, c + 1);
  }
}

// Something about an error in any of its forms.
static void add_any(keyjson_decoder *d, sentence *s, const uint8_t *c, bool is_by_field) {
  if (!c) return;
  if (*c == '[') add_list(d, s, c, true);
  else if (*c == '{' && is_by_field) add_fields(d, s, c);
  else if (*c == '{') add_object(d, s, c);
  else add_behind(d, s, "; ", c);
}

bool keyjson_error_message(keyjson_decoder *d, const uint8_t *bytes, size_t length, keyjson_text *message) {
  static const char *const beside_error[] = {"error_description", "message", NULL};
  static const char *const last_names[] = {"message", "Message", "msg", "error_description", "error_message",
                                           "errorMessage", "title", "description", "reason", "messages", NULL};
  keyjson_begin(d, bytes, length);
  sentence s = {d->last_id.bytes, 0, 0};
  *message = (keyjson_text){NULL, 0};
  if (!begin_value(d) || d->page.problem) return false;
  const uint8_t *root = d->at - 1, *end = skip_value(d, root);
  if (!end || skip_blanks(d, end) != d->end) return false;
  if (*root == '[') {
    // Of a list only what calls itself a message: its texts may be anything.
    add_list(d, &s, root, false);
  } else {
    const uint8_t *detail = member(d, root, "detail"), *error = member(d, root, "error");
    if (!error) error = member(d, root, "Error");
    if (is_words(d, detail)) {
      add_behind(d, &s, "; ", member(d, root, "title"));
      add_behind(d, &s, ": ", detail);
    } else {
      add_any(d, &s, detail, false);
    }
    if (!s.length) {
      add_any(d, &s, error, false);
      if (s.length && *error == '"') add_first(d, &s, ": ", root, beside_error);
    }
    if (!s.length) add_any(d, &s, member(d, root, "errors"), true);
    if (!s.length) add_first(d, &s, "; ", root, last_names);
  }
  *message = (keyjson_text){s.bytes, s.length};
  return s.length > 0;
}
