#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A C face over simdjson's DOM for pages of API keys. Strings are valid UTF-8 and live until the next parse.

typedef struct {
  const uint8_t *bytes; // NULL: null or missing
  size_t length;
} apikeys_text;

typedef enum { APIKEYS_PERMISSIONS_ABSENT, APIKEYS_PERMISSIONS_NULL, APIKEYS_PERMISSIONS_MASK, APIKEYS_PERMISSIONS_LIST } apikeys_permissions_kind;

typedef struct {
  uint64_t high, low;
} apikeys_uuid;

typedef struct {
  // The UUID's value where the text is one in canonical form.
  apikeys_uuid id_value, creator_value;
  bool id_is_uuid, creator_is_uuid;
  apikeys_text id, name, created, last_four, creator;
  int8_t restricted; // 0, 1, or -1 for null or missing
  uint8_t permissions; // apikeys_permissions_kind
  uint64_t mask;
  size_t list_start, list_count; // into the parser's texts, for APIKEYS_PERMISSIONS_LIST
  const char *bad_field; // NULL when the record can be read
  const char *found;     // what stood there
} apikeys_record;

typedef enum { APIKEYS_ROOT_PAGE, APIKEYS_ROOT_ARRAY, APIKEYS_ROOT_RECORD } apikeys_root;

typedef struct {
  apikeys_root root;
  const apikeys_record *records;
  size_t count;
  bool has_more, has_more_present;
  bool marked_incomplete; // `complete` is false: a saved list that was cut
  apikeys_text last_id;
  int64_t total_pages; // -1: not given
  const char *problem; // why this is no page of keys; NULL when it is
} apikeys_page;

typedef struct apikeys_parser apikeys_parser;

// `names` is the permission catalogue in order; at most 64.
apikeys_parser *apikeys_parser_create(const char *const *names, size_t count, size_t maximum_bytes);
void apikeys_parser_destroy(apikeys_parser *parser);
const apikeys_text *apikeys_parser_texts(const apikeys_parser *parser);

// Bytes that must be readable after `length`.
size_t apikeys_parser_padding(void);

// Parses lines of one record each as one document: a bracket goes to `bytes[0]` and `bytes[length]`, which are not part
// of the lines, and commas to the places of the breaks between them; a break may also stand at `bytes[length]`. Returns
// how many lines there were, or 0 with the breaks put back unless every line is exactly one record that can be read:
// the caller then looks at each line by itself. Padding must follow as for one document.
size_t apikeys_parser_parse_lines(apikeys_parser *parser, uint8_t *bytes, size_t length, apikeys_page *page);

// Parses one JSON document; the bytes must be followed by readable padding. Returns NULL or the parser's complaint.
const char *apikeys_parser_parse(apikeys_parser *parser, const uint8_t *bytes, size_t length, apikeys_page *page);

// The sentence of an error answer, in the order detail, detail[], detail.message, error.message, error, message;
// false when there is none. The text lives until the next call.
bool apikeys_parser_error_message(apikeys_parser *parser, const uint8_t *bytes, size_t length, apikeys_text *message);

#ifdef __cplusplus
}
#endif
