#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A POSIX extended regular expression, compiled for one evaluation.
struct RegularExpression: ~Copyable {
  private var compiled = regex_t()

  static let maximumLength = 200

  /// What is wrong with a pattern, as a sentence; nil when it can be used.
  ///
  /// Back references and large repetitions are refused because they can take for ever or all memory.
  static func problem(in source: String) -> String? {
    if source.utf8.count > maximumLength { return "A regular expression has at most \(maximumLength) bytes." }
    if source.utf8.contains(0) { return "A regular expression cannot hold a NUL byte." }
    var previous: UInt8 = 0
    var bound = 0
    var product = 1
    var inBraces = false
    for byte in source.utf8 {
      if previous == UInt8(ascii: "\\"), (0x30...0x39).contains(byte) { return "Back references are not supported." }
      previous = previous == UInt8(ascii: "\\") ? 0 : byte
      // The C library writes out what `+` repeats once more: nested, each doubles the whole.
      if previous == UInt8(ascii: "+") { product *= 2 }
      if product > 1000 { break }
      if byte == UInt8(ascii: "{") { (inBraces, bound) = (true, 0) }
      if inBraces, (0x30...0x39).contains(byte) { bound = min(bound * 10 + Int(byte - 0x30), 100_000) }
      if inBraces, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
        product *= max(bound, 1)
        bound = 0
        if product > 1000 { break }
        if byte == UInt8(ascii: "}") { inBraces = false }
      }
    }
    if product > 1000 { return "The repetitions of this regular expression are too large." }
    var compiled = regex_t()
    let code = regcomp(&compiled, source, REG_EXTENDED | REG_NOSUB)
    if code == 0 {
      regfree(&compiled)
      return nil
    }
    var buffer = [CChar](repeating: 0, count: 200)
    let length = regerror(code, &compiled, &buffer, buffer.count)
    let reason = String(decoding: buffer.prefix(max(0, Int(length) - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "This regular expression cannot be read: \(reason)."
  }

  /// Nil when it cannot be compiled.
  init?(_ pattern: TextPattern) {
    let source = String(decoding: pattern.bytes, as: UTF8.self)
    let flags = REG_EXTENDED | (pattern.exact ? 0 : REG_ICASE)
    guard regcomp(&compiled, source, flags) == 0 else { return nil }
  }

  deinit {
    var compiled = self.compiled
    regfree(&compiled)
  }

  /// The first match at or after `start`, as offsets into the bytes.
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    var compiled = self.compiled
    var match = regmatch_t(rm_so: regoff_t(start), rm_eo: regoff_t(text.count))
    // The length is given, because text may hold a zero. The copy ends with one for whoever looks for it all the same:
    // what checks memory in tests does, and the search costs far more than the copy.
    let found = withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
      for index in 0..<text.count { copy[index] = CChar(bitPattern: text[index]) }
      copy[text.count] = 0
      return regexec(&compiled, copy.baseAddress, 1, &match, REG_STARTEND | (start > 0 ? REG_NOTBOL : 0))
    }
    guard found == 0, match.rm_so >= 0 else { return nil }
    return Int(match.rm_so)..<Int(match.rm_eo)
  }
}
