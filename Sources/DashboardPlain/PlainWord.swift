import DashboardCore

/// The words that only plain mode has, beside the commands of the catalog.
package enum PlainWord: String, CaseIterable, Sendable {
  case list
  case again
  case permissions
  case verbosity
  case page

  /// Splits a typed line when its first word is one of these.
  static func parse(_ line: String) -> (word: PlainWord, rest: String)? {
    let words = line.split(separator: " ", maxSplits: 1)
    guard let name = words.first, let word = PlainWord(rawValue: name.lowercased()) else { return nil }
    return (word, words.count > 1 ? words[1].trimmingSpaces : "")
  }
}

extension StringProtocol {
  /// Without white space and controls at both ends.
  var trimmingSpaces: String {
    var scalars = Substring(self).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace || first.value < 0x20 { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace || last.value < 0x20 { scalars.removeLast() }
    return String(scalars)
  }
}
