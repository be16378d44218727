#include "CRegex.h"

#include <new>
#include <re2/re2.h>
#include <string>

struct apikeys_regex {
  re2::RE2 expression;
  apikeys_regex(const re2::StringPiece &source, const re2::RE2::Options &options) : expression(source, options) {}
};

static apikeys_regex_problem problem(re2::RE2::ErrorCode code) {
  switch (code) {
  case re2::RE2::NoError: return APIKEYS_REGEX_FINE;
  case re2::RE2::ErrorMissingParen: return APIKEYS_REGEX_MISSING_PARENTHESIS;
  case re2::RE2::ErrorUnexpectedParen: return APIKEYS_REGEX_UNEXPECTED_PARENTHESIS;
  case re2::RE2::ErrorMissingBracket: return APIKEYS_REGEX_MISSING_BRACKET;
  case re2::RE2::ErrorBadCharRange: return APIKEYS_REGEX_BAD_RANGE;
  case re2::RE2::ErrorBadCharClass: return APIKEYS_REGEX_BAD_CLASS;
  case re2::RE2::ErrorBadEscape: return APIKEYS_REGEX_BAD_ESCAPE;
  case re2::RE2::ErrorTrailingBackslash: return APIKEYS_REGEX_TRAILING_BACKSLASH;
  case re2::RE2::ErrorRepeatArgument: return APIKEYS_REGEX_REPEATS_NOTHING;
  case re2::RE2::ErrorRepeatOp: return APIKEYS_REGEX_REPEATS_A_REPETITION;
  case re2::RE2::ErrorRepeatSize: return APIKEYS_REGEX_REPEAT_TOO_LARGE;
  case re2::RE2::ErrorBadNamedCapture: return APIKEYS_REGEX_BAD_GROUP;
  case re2::RE2::ErrorPatternTooLarge: return APIKEYS_REGEX_TOO_LARGE;
  default: return APIKEYS_REGEX_OTHER;
  }
}

apikeys_regex *apikeys_regex_create(
    const uint8_t *source, size_t length, bool ignores_case, int64_t maximum_memory, apikeys_regex_error *error) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(maximum_memory);
  options.set_case_sensitive(!ignores_case);
  // A line break is a character like any other: names are not lines.
  options.set_dot_nl(true);
  const re2::StringPiece text((const char *)source, length);
  *error = {APIKEYS_REGEX_OTHER, length, 0};
  apikeys_regex *regex = new (std::nothrow) apikeys_regex(text, options);
  if (!regex) return nullptr;
  if (regex->expression.ok()) {
    *error = {APIKEYS_REGEX_FINE, length, 0};
    return regex;
  }
  // The library reports the piece, not its position.
  const std::string &piece = regex->expression.error_arg();
  size_t where = std::string((const char *)source, length).find(piece);
  if (piece.empty() || where == std::string::npos) where = length;
  *error = {problem(regex->expression.error_code()), where, where == length ? 0 : piece.size()};
  delete regex;
  return nullptr;
}

void apikeys_regex_destroy(apikeys_regex *regex) { delete regex; }

int apikeys_regex_size(const apikeys_regex *regex) { return regex->expression.ProgramSize(); }

bool apikeys_regex_matches(const apikeys_regex *regex, const uint8_t *text, size_t length) {
  const re2::StringPiece piece((const char *)text, length);
  return regex->expression.Match(piece, 0, length, re2::RE2::UNANCHORED, nullptr, 0);
}

bool apikeys_regex_find(
    const apikeys_regex *regex, const uint8_t *text, size_t length, size_t from, size_t *start, size_t *end) {
  const re2::StringPiece piece((const char *)text, length);
  re2::StringPiece found;
  if (from > length || !regex->expression.Match(piece, from, length, re2::RE2::UNANCHORED, &found, 1)) return false;
  *start = found.data() ? (size_t)(found.data() - piece.data()) : from;
  *end = *start + found.size();
  return true;
}
