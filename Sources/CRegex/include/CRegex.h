#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A C face over RE2: regular expressions over UTF-8 whose time is linear in the text and whose memory is bounded. Nothing
// here depends on the locale. A compiled expression may be used by several threads at once.

typedef struct apikeys_regex apikeys_regex;

typedef enum {
  APIKEYS_REGEX_FINE,
  APIKEYS_REGEX_MISSING_PARENTHESIS,
  APIKEYS_REGEX_UNEXPECTED_PARENTHESIS,
  APIKEYS_REGEX_MISSING_BRACKET,
  APIKEYS_REGEX_BAD_RANGE,
  APIKEYS_REGEX_BAD_CLASS,
  APIKEYS_REGEX_BAD_ESCAPE,
  APIKEYS_REGEX_TRAILING_BACKSLASH,
  APIKEYS_REGEX_REPEATS_NOTHING,
  APIKEYS_REGEX_REPEATS_A_REPETITION,
  APIKEYS_REGEX_REPEAT_TOO_LARGE,
  APIKEYS_REGEX_BAD_GROUP,
  APIKEYS_REGEX_TOO_LARGE,
  APIKEYS_REGEX_OTHER
} apikeys_regex_problem;

typedef struct {
  apikeys_regex_problem problem;
  size_t where; // offset of the piece that is wrong in the source, in bytes; the source's length where it is not known
  size_t length; // of that piece, in bytes; 0 where it is not known
} apikeys_regex_error;

// Compiles `source`, valid UTF-8. Returns NULL, with the reason in `error`, where it cannot be; `maximum_memory` in bytes
// bounds the program and its caches.
apikeys_regex *apikeys_regex_create(
    const uint8_t *source, size_t length, bool ignores_case, int64_t maximum_memory, apikeys_regex_error *error);
void apikeys_regex_destroy(apikeys_regex *regex);

// Steps of the program: time for each byte of text is at most in proportion to it.
int apikeys_regex_size(const apikeys_regex *regex);

// Whether it matches somewhere. The text may hold any bytes.
bool apikeys_regex_matches(const apikeys_regex *regex, const uint8_t *text, size_t length);

// The first match that starts at or after `from`; what is before counts for `^` and `\b`.
bool apikeys_regex_find(
    const apikeys_regex *regex, const uint8_t *text, size_t length, size_t from, size_t *start, size_t *end);

#ifdef __cplusplus
}
#endif
