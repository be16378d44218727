import APIKeyModel

/// Decides whether one text fits a pattern, and where.
struct TextMatcher: ~Copyable {
  let pattern: TextPattern
  private var scratch: [UInt8] = []

  init(_ pattern: TextPattern) { self.pattern = pattern }

  mutating func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  mutating func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if let regex = pattern.regex { return regex.matches(text) }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text)
    if !pattern.exact { foldCase(&scratch) }
    return scratch.withUnsafeBufferPointer { text in
      pattern.bytes.withUnsafeBufferPointer { wanted in
        switch pattern.kind {
        case .substring: TextMatcher.find(wanted, in: text, from: 0) != nil
        case .whole: text.elementsEqual(wanted)
        case .glob: TextMatcher.globMatches(wanted, text)
        case .fuzzy: TextMatcher.fuzzyPositions(wanted, text) != nil
        case .regex: false
        }
      }
    }
  }

  /// What finding the ranges of one text may cost, in steps of about a nanosecond: it is done for each row of a screen.
  private static let highlightWork = 4_000_000

  /// The parts of a text that fit, as UTF-8 offsets, for highlighting.
  mutating func ranges(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    if let regex = pattern.regex {
      var start = 0
      // Each search may look at the whole text: where that is much work, fewer matches are shown.
      var searches = TextMatcher.highlightWork / (pattern.cost * (text.count + 1))
      while start <= text.count, searches > 0, let range = regex.firstMatch(in: text, from: start) {
        searches -= 1
        if !range.isEmpty { found.append(range) }
        start = range.upperBound
        guard range.isEmpty else { continue }
        start += 1
        while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
      }
      return found
    }
    guard matches(text) else { return [] }
    return scratch.withUnsafeBufferPointer { folded in
      pattern.bytes.withUnsafeBufferPointer { wanted in
        switch pattern.kind {
        case .substring:
          var start = 0
          while let position = TextMatcher.find(wanted, in: folded, from: start) {
            found.append(position..<(position + wanted.count))
            start = position + wanted.count
          }
          return found
        case .fuzzy: return (TextMatcher.fuzzyPositions(wanted, folded) ?? []).map { $0..<($0 + 1) }
        default: return [0..<text.count]
        }
      }
    }
  }

  static func find(
    _ wanted: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard !wanted.isEmpty, text.count - start >= wanted.count else { return nil }
    for position in start...(text.count - wanted.count) where text[position] == wanted[0] {
      if (1..<wanted.count).allSatisfy({ text[position + $0] == wanted[$0] }) { return position }
    }
    return nil
  }

  /// `*` is any run, `?` one character (a whole UTF-8 sequence), over the whole text; linear in text times stars.
  static func globMatches(_ wanted: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var patternAt = 0
    var textAt = 0
    var star: (pattern: Int, text: Int)?
    func next(_ at: Int) -> Int {
      var at = at + 1
      while at < text.count, text[at] & 0xC0 == 0x80 { at += 1 }
      return at
    }
    while textAt < text.count {
      if patternAt < wanted.count, wanted[patternAt] == UInt8(ascii: "*") {
        star = (patternAt + 1, textAt)
        patternAt += 1
      } else if patternAt < wanted.count, wanted[patternAt] == UInt8(ascii: "?") {
        textAt = next(textAt)
        patternAt += 1
      } else if patternAt < wanted.count, wanted[patternAt] == text[textAt] {
        patternAt += 1
        textAt += 1
      } else if let last = star {
        let advanced = next(last.text)
        star = (last.pattern, advanced)
        patternAt = last.pattern
        textAt = advanced
      } else {
        return false
      }
    }
    while patternAt < wanted.count, wanted[patternAt] == UInt8(ascii: "*") { patternAt += 1 }
    return patternAt == wanted.count
  }

  /// Where the bytes appear in this order, not necessarily side by side; nil when they do not.
  static func fuzzyPositions(_ wanted: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    var positions: [Int] = []
    var at = 0
    for byte in wanted {
      while at < text.count, text[at] != byte { at += 1 }
      guard at < text.count else { return nil }
      positions.append(at)
      at += 1
    }
    return positions
  }
}
