#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A decoder of JSON for pages of API keys: it reads a document once, from the front, and hands out one record at a
// time. Memory is bounded whatever the document holds: no tree is made, and what is not read is skipped without
// recursion.

typedef struct {
  const uint8_t *bytes; // NULL: null or missing
  size_t length;
} keyjson_text;

typedef struct {
  uint64_t high, low;
} keyjson_uuid;

// Longest text that is kept of a field, and most permissions of one key; a field with more of them is not understood.
enum {
  KEYJSON_LONGEST_TEXT = 64 * 1024,
  KEYJSON_MOST_PERMISSIONS = 4096,
  KEYJSON_LONGEST_KEPT = 1024,
  // All the names of one list together.
  KEYJSON_LONGEST_LIST = 4 * KEYJSON_LONGEST_TEXT
};

typedef enum {
  // Missing, null, or not understood.
  KEYJSON_PERMISSIONS_NONE,
  KEYJSON_PERMISSIONS_MASK,
  KEYJSON_PERMISSIONS_LIST
} keyjson_permissions;

// The fields of a record, in the order of its marks.
typedef enum {
  KEYJSON_ID,
  KEYJSON_NAME,
  KEYJSON_CREATED,
  KEYJSON_LAST_FOUR,
  KEYJSON_CREATOR,
  KEYJSON_RESTRICTED,
  KEYJSON_PERMISSIONS,
  KEYJSON_FIELDS
} keyjson_field;

// What is known of a field beside its value: bits of `marks`, to be shifted by the field.
enum {
  KEYJSON_PRESENT = 1,
  // Its text was repaired: U+FFFD replaces what could not be read.
  KEYJSON_REPAIRED = 1 << 8,
  // It has another type, or is too long, and so has no value; its JSON is `raw`.
  KEYJSON_ODD = 1 << 16,
  // The marks of a record in which each field is there and as it should be.
  KEYJSON_USUAL = (1 << KEYJSON_FIELDS) - 1
};

typedef enum {
  KEYJSON_FINE,
  // What is found where something else is expected.
  KEYJSON_NOTHING,
  KEYJSON_NULL,
  KEYJSON_BOOLEAN,
  KEYJSON_NUMBER,
  KEYJSON_TEXT,
  KEYJSON_LIST,
  KEYJSON_OBJECT,
  // Bytes that are not UTF-8, half of a surrogate pair, or a control character that is not escaped.
  KEYJSON_DAMAGED,
  KEYJSON_BLANK,
  KEYJSON_TOO_LONG,
  KEYJSON_TOO_MANY
} keyjson_trouble;

typedef struct {
  keyjson_text id, name, created, last_four, creator;
  // The UUID's value where the text is one in canonical form.
  keyjson_uuid id_value, creator_value;
  bool id_is_uuid, creator_is_uuid;
  bool id_is_number;   // the id was a number, and `id` is its text in the document
  int8_t restricted;   // 0, 1, or -1 for anything else
  uint8_t permissions; // keyjson_permissions
  uint8_t trouble;     // keyjson_trouble; KEYJSON_FINE when the record can be read
  uint32_t marks;
  uint64_t mask;
  const keyjson_text *list; // `list_count` names, for KEYJSON_PERMISSIONS_LIST
  size_t list_count;
  bool has_data_list;    // it has a list in `data`, as pages do
  const char *bad_field; // what is in trouble: "id" or "record"
  // The JSON of fields that are odd or repaired, as it is in the document; of no meaning for others.
  keyjson_text raw[KEYJSON_FIELDS];
} keyjson_record;

typedef enum { KEYJSON_ROOT_PAGE, KEYJSON_ROOT_ARRAY, KEYJSON_ROOT_RECORD, KEYJSON_ROOT_OTHER } keyjson_root;

typedef struct {
  keyjson_root root;
  bool has_more, has_more_present;
  bool has_odd_has_more;  // `has_more` is neither true nor false: the only `problem` then
  bool marked_incomplete; // `complete` is false: a saved list that was cut
  bool marked_unknown;    // `complete` is null: a saved list that does not know
  bool marked_complete;   // `complete` is true
  keyjson_text last_id;
  int64_t total_pages; // -1: not given
  // Of a saved list: how many keys it claims to have, and the version of its form; -1: not given.
  int64_t count, format;
  keyjson_text evidence; // of a saved list: the JSON of the object, as it is in the document
  const char *problem; // why this is no page of keys; NULL when it is
} keyjson_page;

typedef enum {
  KEYJSON_STEP_RECORD, // `record` is the next
  KEYJSON_STEP_AGAIN,  // the records so far do not count: `data` is a duplicate, or is a key's own
  KEYJSON_STEP_END,    // the document was read whole; `page` describes it
  KEYJSON_STEP_FAILED  // it is not JSON
} keyjson_step;

typedef enum {
  KEYJSON_EMPTY,
  KEYJSON_NOT_JSON,
  KEYJSON_ENDS_EARLY,
  KEYJSON_BAD_ESCAPE,
  KEYJSON_BAD_NUMBER,
  KEYJSON_MORE_BEHIND,
  KEYJSON_TOO_DEEP,
  KEYJSON_NO_MEMORY
} keyjson_error;

typedef struct keyjson_decoder keyjson_decoder;

// Bytes that must be readable after a document; what they hold does not matter.
enum { KEYJSON_PADDING = 32 };

// `names` is the permission catalogue in order; at most 64. NULL when memory is out.
keyjson_decoder *keyjson_create(const char *const *names, size_t count);
void keyjson_destroy(keyjson_decoder *decoder);

// Begins a document, which must stay as it is until the next one.
void keyjson_begin(keyjson_decoder *decoder, const uint8_t *bytes, size_t length);

// The next record of the document; its texts are valid UTF-8 and live until the next call. A document of one record is
// handed out when it has been read to its end. After KEYJSON_STEP_END and KEYJSON_STEP_FAILED comes nothing more.
keyjson_step keyjson_next(keyjson_decoder *decoder, keyjson_record *record);

// What the document is, after KEYJSON_STEP_END.
const keyjson_page *keyjson_page_of(const keyjson_decoder *decoder);

// What is wrong with it, after KEYJSON_STEP_FAILED, and the byte offset of the error.
keyjson_error keyjson_error_of(const keyjson_decoder *decoder, size_t *offset);

// Whether the document of this decoder is not JSON.
bool keyjson_has_failed(const keyjson_decoder *decoder);

// Whether the JSON of an odd field is what this program writes for one, {"not_understood":TEXT,"bytes":NUMBER}, with a
// text of at most KEYJSON_LONGEST_KEPT bytes. `json` is of the document at hand; `text` lives until the next such call.
bool keyjson_is_kept(keyjson_decoder *decoder, keyjson_text json, keyjson_text *text, int64_t *bytes);

// The sentence of an error response: `detail` (a text after `title`, a list of texts and objects, an object), else
// `error` (an object; or a text, with error_description or message after it), else `errors` (texts, objects, or an
// object of fields), else message and the like, each a text, a list or an object; of a list at the top the messages of
// its objects. False when there is none. At most KEYJSON_LONGEST_TEXT bytes of it, which live until the next call.
bool keyjson_error_message(keyjson_decoder *decoder, const uint8_t *bytes, size_t length, keyjson_text *message);

// Finds where JSON texts end that follow one another, with as little memory as their nesting needs.
typedef struct keyjson_splitter keyjson_splitter;

typedef enum {
  KEYJSON_SPLIT_MORE,   // the text continues after these bytes
  KEYJSON_SPLIT_NUMBER, // likewise, but it may end with them: a number or word at the top
  KEYJSON_SPLIT_END,    // it ends before `*at`
  KEYJSON_SPLIT_WRONG   // the byte at `*at` is not allowed there, or memory is out
} keyjson_split;

// NULL when memory is out.
keyjson_splitter *keyjson_splitter_create(void);
void keyjson_splitter_destroy(keyjson_splitter *splitter);

// Begins another text.
void keyjson_splitter_begin(keyjson_splitter *splitter);

// Goes on with the bytes from `*at` to `length`, each of which is given once. What is found is right where the text is
// JSON; of what is not, no more is noticed than is needed to find an end. Nothing is read past `length`.
keyjson_split keyjson_splitter_scan(keyjson_splitter *splitter, const uint8_t *bytes, size_t *at, size_t length);
