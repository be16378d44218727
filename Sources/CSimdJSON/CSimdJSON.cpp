#include "CSimdJSON.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

struct apikeys_parser {
  dom::parser parser;
  std::vector<apikeys_record> records;
  std::vector<apikeys_text> texts;
  std::string message;
  std::vector<uint32_t> breaks;
  // Where each record begins, as a number in the parser's list of places.
  std::vector<uint32_t> firsts;
  size_t place = 0;
  // The catalogue by hash, open addressing; -1 is empty.
  std::vector<std::string> names;
  int8_t slots[256];

  apikeys_parser(size_t maximum) : parser(maximum) { memset(slots, -1, sizeof slots); }

  /// From the ends of a name, eight bytes each: names of permissions differ there.
  static uint32_t hash(std::string_view text) {
    uint64_t first = 0, last = 0;
    size_t part = text.size() < 8 ? text.size() : 8;
    if (part == 8) {
      memcpy(&first, text.data(), 8);
      memcpy(&last, text.data() + text.size() - 8, 8);
    } else {
      memcpy(&first, text.data(), part);
    }
    uint64_t value = (first ^ text.size()) * 0x9e3779b97f4a7c15u ^ last * 0xc2b2ae3d27d4eb4fu;
    return (uint32_t)((value ^ value >> 29) * 0xbf58476d1ce4e5b9u >> 40);
  }
  int find(std::string_view text) const {
    for (uint32_t i = hash(text);; i++) {
      int8_t index = slots[i & 255];
      if (index < 0) return -1;
      if (names[index] == text) return index;
    }
  }
};

static apikeys_text view(std::string_view text) { return {reinterpret_cast<const uint8_t *>(text.data()), text.size()}; }

static const char *type_name(dom::element element) {
  switch (element.type()) {
  case dom::element_type::ARRAY: return "a list";
  case dom::element_type::OBJECT: return "an object";
  case dom::element_type::INT64:
  case dom::element_type::UINT64:
  case dom::element_type::DOUBLE: return "a number";
  case dom::element_type::STRING: return "a text";
  case dom::element_type::BOOL: return "true or false";
  default: return "null";
  }
}

static void fail(apikeys_record &record, const char *field, const char *found) {
  if (!record.bad_field) {
    record.bad_field = field;
    record.found = found;
  }
}

static void read_text(dom::element value, apikeys_text &target, apikeys_record &record, const char *field) {
  std::string_view text;
  if (value.is_null()) return;
  if (value.get(text) != SUCCESS) return fail(record, field, type_name(value));
  target = view(text);
  // An empty text has no address of its own; it is not null.
  static const uint8_t nothing = 0;
  if (!target.bytes) target.bytes = &nothing;
}

static uint64_t eight_bytes(const void *from) {
  uint64_t word;
  memcpy(&word, from, 8);
  return word;
}

/// Eight characters as hexadecimal digits, the first the highest; `wrong` gets a bit where one is no digit in lower case.
static uint64_t eight_digits(uint64_t text, uint64_t &wrong) {
  const uint64_t ones = 0x0101010101010101;
  uint64_t value = (text & (ones * 0x0f)) + ((text >> 6) & ones) * 9;
  wrong |= value & (ones * 0xf0);
  // Written again from its value, a digit is the character it came from, and anything else is not.
  wrong |= text ^ (value + ones * '0' + (((value + ones * 6) >> 4) & ones) * ('a' - '0' - 10));
  value = __builtin_bswap64(value);
  value = (value | value >> 4) & 0x00ff00ff00ff00ff;
  value = (value | value >> 8) & 0x0000ffff0000ffff;
  return (value | value >> 16) & 0xffffffff;
}

/// The canonical form only: lower case, hyphens at 8-4-4-4-12.
static bool read_uuid(apikeys_text text, apikeys_uuid &uuid) {
  const uint8_t *c = text.bytes;
  if (text.length != 36 || c[8] != '-' || c[13] != '-' || c[18] != '-' || c[23] != '-') return false;
  auto halves = [c](int first, int second) {
    uint32_t low, high;
    memcpy(&low, c + first, 4);
    memcpy(&high, c + second, 4);
    return low | (uint64_t)high << 32;
  };
  uint64_t wrong = 0;
  uuid.high = eight_digits(eight_bytes(c), wrong) << 32;
  uuid.high |= eight_digits(halves(9, 14), wrong);
  uuid.low = eight_digits(halves(19, 24), wrong) << 32;
  uuid.low |= eight_digits(eight_bytes(c + 28), wrong);
  return !wrong;
}

/// Returns how many entries the list has among the parser's places.
static size_t read_permissions(apikeys_parser &parser, dom::element value, apikeys_record &record) {
  if (value.is_null()) {
    record.permissions = APIKEYS_PERMISSIONS_NULL;
    return 1;
  }
  dom::array list;
  if (value.get(list) != SUCCESS) {
    fail(record, "permissions", type_name(value));
    return 1;
  }
  record.permissions = APIKEYS_PERMISSIONS_MASK;
  record.list_start = parser.texts.size();
  int previous = -1;
  for (dom::element item : list) {
    std::string_view name;
    if (item.get(name) != SUCCESS) {
      fail(record, "permissions", type_name(item));
      return 1;
    }
    int index = parser.find(name);
    if (index <= previous) record.permissions = APIKEYS_PERMISSIONS_LIST;
    else previous = index;
    if (index >= 0) record.mask |= 1ull << index;
    parser.texts.push_back(view(name));
  }
  record.list_count = parser.texts.size() - record.list_start;
  if (record.permissions == APIKEYS_PERMISSIONS_MASK) parser.texts.resize(record.list_start);
  return record.list_count ? 2 * record.list_count + 1 : 2;
}

enum class field_kind { id, name, created, last_four, creator, restricted, permissions, other };

/// Lengths first: comparing a length that is known costs an instruction or two.
static field_kind field_named(std::string_view name) {
  auto is = [name](const char *wanted, size_t length) { return memcmp(name.data(), wanted, length) == 0; };
  switch (name.size()) {
  case 2: return is("id", 2) ? field_kind::id : field_kind::other;
  case 4: return is("name", 4) ? field_kind::name : field_kind::other;
  case 10:
    if (is("creator_id", 10)) return field_kind::creator;
    return is("restricted", 10) ? field_kind::restricted : field_kind::other;
  case 11: return is("permissions", 11) ? field_kind::permissions : field_kind::other;
  case 12: return is("created_date", 12) ? field_kind::created : field_kind::other;
  case 16: return is("last_four_digits", 16) ? field_kind::last_four : field_kind::other;
  default: return field_kind::other;
  }
}

/// How many entries a value has in the parser's list of places: one for each bracket, colon, comma, text and other value.
static size_t places_in(dom::element value) {
  dom::object object;
  dom::array list;
  size_t count = 0;
  if (value.get(object) == SUCCESS) {
    for (dom::key_value_pair field : object) count += 3 + places_in(field.value);
  } else if (value.get(list) == SUCCESS) {
    for (dom::element item : list) count += 1 + places_in(item);
  } else {
    return 1;
  }
  // There is a comma less than there are items.
  return count ? count + 1 : 2;
}

static void read_record(apikeys_parser &parser, dom::element element) {
  apikeys_record record;
  memset(&record, 0, sizeof record);
  record.restricted = -1;
  parser.firsts.push_back((uint32_t)parser.place);
  // Its own braces and the comma behind it; a field has four: a name, a colon, a value, a comma that the last has not.
  size_t places = 2;
  dom::object object;
  if (element.get(object) != SUCCESS) {
    fail(record, "record", type_name(element));
    parser.records.push_back(record);
    return;
  }
  for (dom::key_value_pair field : object) {
    switch (field_named(field.key)) {
    case field_kind::id: read_text(field.value, record.id, record, "id"); break;
    case field_kind::name: read_text(field.value, record.name, record, "name"); break;
    case field_kind::created: read_text(field.value, record.created, record, "created_date"); break;
    case field_kind::last_four: read_text(field.value, record.last_four, record, "last_four_digits"); break;
    case field_kind::creator: read_text(field.value, record.creator, record, "creator_id"); break;
    case field_kind::permissions: places += read_permissions(parser, field.value, record) - 1; break;
    case field_kind::restricted: {
      bool value;
      if (field.value.get(value) == SUCCESS) record.restricted = value ? 1 : 0;
      else if (!field.value.is_null()) fail(record, "restricted", type_name(field.value));
      break;
    }
    case field_kind::other: places += places_in(field.value) - 1; break;
    }
    places += 4;
  }
  parser.place += places;
  if (!record.id.bytes) fail(record, "id", "nothing");
  if (!record.name.bytes) fail(record, "name", "nothing");
  if (record.id.bytes) record.id_is_uuid = read_uuid(record.id, record.id_value);
  if (record.creator.bytes) record.creator_is_uuid = read_uuid(record.creator, record.creator_value);
  parser.records.push_back(record);
}

static int64_t number(dom::object object, const char *name) {
  int64_t value;
  return object[name].get(value) == SUCCESS && value >= 0 ? value : -1;
}

static apikeys_text text_or_null(dom::object object, const char *name) {
  std::string_view text;
  return object[name].get(text) == SUCCESS ? view(text) : apikeys_text{nullptr, 0};
}

extern "C" {

apikeys_parser *apikeys_parser_create(const char *const *names, size_t count, size_t maximum_bytes) {
  auto *parser = new (std::nothrow) apikeys_parser(maximum_bytes);
  if (!parser) return nullptr;
  for (size_t i = 0; i < count && i < 64; i++) {
    parser->names.emplace_back(names[i]);
    uint32_t slot = apikeys_parser::hash(names[i]);
    while (parser->slots[slot & 255] >= 0) slot++;
    parser->slots[slot & 255] = (int8_t)i;
  }
  return parser;
}

void apikeys_parser_destroy(apikeys_parser *parser) { delete parser; }
const apikeys_text *apikeys_parser_texts(const apikeys_parser *parser) { return parser->texts.data(); }
size_t apikeys_parser_padding(void) { return SIMDJSON_PADDING; }

/// Why a text is not JSON, for people who did not write it; the library's own words speak to programmers.
static const char *complaint(error_code error) {
  switch (error) {
  case EMPTY: return "the answer is empty";
  case UTF8_ERROR: return "it is not UTF-8";
  case STRING_ERROR:
  case UNESCAPED_CHARS:
  case UNCLOSED_STRING: return "it is not JSON (a text in it is damaged)";
  case NUMBER_ERROR:
  case NUMBER_OUT_OF_RANGE: return "it is not JSON (a number in it is damaged)";
  case DEPTH_ERROR: return "it is nested too deep";
  case CAPACITY:
  case MEMALLOC: return "there is not enough memory for it";
  default: return "it is not JSON, or ends too early";
  }
}

const char *apikeys_parser_parse(apikeys_parser *parser, const uint8_t *bytes, size_t length, apikeys_page *page) {
  memset(page, 0, sizeof *page);
  page->total_pages = -1;
  parser->records.clear();
  parser->texts.clear();
  parser->firsts.clear();
  parser->place = 1;
  dom::element root;
  error_code error = parser->parser.parse(bytes, length, false).get(root);
  if (error) return complaint(error);
  dom::object object;
  dom::array data;
  if (root.get(data) == SUCCESS) {
    page->root = APIKEYS_ROOT_ARRAY;
  } else if (root.get(object) == SUCCESS) {
    dom::element member;
    if (object["data"].get(member) == SUCCESS) {
      page->root = APIKEYS_ROOT_PAGE;
      if (member.get(data) != SUCCESS) page->problem = "`data` is not a list";
      dom::element more;
      if (object["has_more"].get(more) == SUCCESS) {
        page->has_more_present = more.get(page->has_more) == SUCCESS;
        if (!page->has_more_present && !page->problem) page->problem = "`has_more` is not true or false";
      }
      bool complete;
      if (object["complete"].get(complete) == SUCCESS) page->marked_incomplete = !complete;
      page->last_id = text_or_null(object, "last_id");
      page->total_pages = number(object, "total_pages");
    } else {
      page->root = APIKEYS_ROOT_RECORD;
      read_record(*parser, root);
    }
  } else {
    page->problem = "it is neither an object nor a list";
  }
  if (!page->problem && page->root != APIKEYS_ROOT_RECORD)
    for (dom::element element : data) read_record(*parser, element);
  page->records = parser->records.data();
  page->count = parser->records.size();
  return nullptr;
}

size_t apikeys_parser_parse_lines(apikeys_parser *parser, uint8_t *bytes, size_t length, apikeys_page *page) {
  bytes[0] = '[';
  bytes[length] = ']';
  std::vector<uint32_t> &breaks = parser->breaks;
  breaks.clear();
  bool whole = length > 2;
  for (size_t at = 1; at < length; at++) {
    whole = whole && bytes[at] == '{';
    void *found = memchr(bytes + at, '\n', length - at);
    if (!found) break;
    at = (size_t)((uint8_t *)found - bytes);
    bytes[at] = ',';
    breaks.push_back((uint32_t)at);
  }
  size_t lines = breaks.size() + 1;
  whole = whole && !apikeys_parser_parse(parser, bytes, length + 1, page) && !page->problem &&
          page->root == APIKEYS_ROOT_ARRAY && page->count == lines;
  // A comma in place of a break may join lines that are nothing by themselves: each record has to begin with its line.
  for (size_t i = 0; whole && i < page->count; i++) {
    uint32_t place = parser->parser.implementation->structural_indexes[parser->firsts[i]];
    whole = !page->records[i].bad_field && place == (i ? breaks[i - 1] + 1 : 1);
  }
  if (whole) return lines;
  for (uint32_t at : breaks) bytes[at] = '\n';
  return 0;
}

bool apikeys_parser_error_message(apikeys_parser *parser, const uint8_t *bytes, size_t length, apikeys_text *message) {
  dom::element root, member;
  dom::object object;
  std::string_view text;
  parser->message.clear();
  if (parser->parser.parse(bytes, length, false).get(root) || root.get(object)) return false;
  if (!object["detail"].get(member)) {
    dom::array list;
    if (!member.get(text)) parser->message = text;
    else if (!member.get(list)) {
      for (dom::element item : list) {
        if (!parser->message.empty()) parser->message += "; ";
        dom::array location;
        std::string place;
        if (!item["loc"].get(location))
          for (dom::element part : location) {
            int64_t index;
            if (!part.get(text)) place += (place.empty() ? "" : ".") + std::string(text);
            else if (!part.get(index)) place += (place.empty() ? "" : ".") + std::to_string(index);
          }
        if (!item["msg"].get(text)) parser->message += place + (place.empty() ? "" : ": ") + std::string(text);
      }
    } else if (!member["message"].get(text)) parser->message = text;
  }
  if (parser->message.empty() && !object["error"].get(member)) {
    if (!member.get(text)) parser->message = text;
    else if (!member["message"].get(text)) parser->message = text;
  }
  if (parser->message.empty() && !object["message"].get(text)) parser->message = text;
  *message = view(parser->message);
  return !parser->message.empty();
}
}
