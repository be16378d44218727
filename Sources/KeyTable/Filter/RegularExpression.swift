import CRegex

/// A compiled regular expression: the one engine of every filter (docs/filter-language.md).
///
/// It works on the Unicode scalars of UTF-8, knows no locale, takes time linear in the text and bounded memory, and may be
/// used by several threads at once.
final class RegularExpression: Sendable {
  /// Written before anyone has it; what it points to locks itself.
  private nonisolated(unsafe) let compiled: OpaquePointer
  /// Steps of the program: what a byte of text costs at most.
  let size: Int

  /// Of its source, in bytes.
  static let maximumLength = 1000
  /// Steps of all regular expressions of one filter: what a key that is typed may take to compile.
  static let maximumSize = 50_000
  /// Of the program and what it remembers of texts, in bytes.
  private static let maximumMemory: Int64 = 8 << 20

  init(_ source: String, ignoresCase: Bool) throws(RegexProblem) {
    if source.utf8.count > RegularExpression.maximumLength {
      throw RegexProblem(
        place: nil, sentence: "A regular expression has at most \(RegularExpression.maximumLength) bytes.")
    }
    let translation = try RegexTranslation(source)
    var text = translation.output
    var error = apikeys_regex_error()
    let created = text.withUTF8 {
      apikeys_regex_create($0.baseAddress, $0.count, ignoresCase, RegularExpression.maximumMemory, &error)
    }
    guard let created else { throw RegularExpression.problem(error, translation) }
    compiled = created
    size = Int(apikeys_regex_size(created))
  }

  deinit { apikeys_regex_destroy(compiled) }

  /// Whether it matches somewhere.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    apikeys_regex_matches(compiled, text.baseAddress, text.count)
  }

  /// The first match at or after `start`, as offsets into the bytes.
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    var (lower, upper) = (0, 0)
    guard apikeys_regex_find(compiled, text.baseAddress, text.count, start, &lower, &upper) else { return nil }
    return lower..<upper
  }

  static let tooLarge = RegexProblem(
    place: nil, sentence: "This regular expression is too large: repeat less, or less of a class such as `\\w`.")

  private static func problem(_ error: apikeys_regex_error, _ translation: RegexTranslation) -> RegexProblem {
    let bytes = translation.output.utf8.dropFirst(error.where).prefix(error.length)
    let piece = "`\(String(decoding: bytes, as: UTF8.self))`"
    let sentence: String
    switch error.problem {
    case APIKEYS_REGEX_BAD_RANGE: sentence = "\(piece) is no range of characters."
    case APIKEYS_REGEX_BAD_CLASS: sentence = "There is no character class \(piece)."
    case APIKEYS_REGEX_BAD_ESCAPE: sentence = "The escape \(piece) is not supported."
    case APIKEYS_REGEX_TRAILING_BACKSLASH: sentence = "The `\\` at the end escapes nothing."
    case APIKEYS_REGEX_REPEATS_NOTHING: sentence = "\(piece) has nothing to repeat."
    case APIKEYS_REGEX_REPEATS_A_REPETITION: sentence = "\(piece) repeats a repetition: put the first in parentheses."
    case APIKEYS_REGEX_REPEAT_TOO_LARGE:
      sentence = "\(piece) repeats too often: 1000 times at most, with those around it multiplied."
    case APIKEYS_REGEX_TOO_LARGE: return tooLarge
    default: sentence = "This regular expression cannot be read."
    }
    return RegexProblem(place: translation.place(ofOutput: error.where), sentence: sentence)
  }
}
