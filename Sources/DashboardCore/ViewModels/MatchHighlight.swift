import APIKeyModel
import KeyTable
import TerminalCore

/// Where a filter's words stand in a cell of the list.
enum MatchHighlight {
  /// Ranges of columns within the text as it is shown; none without a filter, and none in columns it does not read.
  static func ranges(in text: DisplayText, column: KeyField, filter: Filter) -> [Range<Int>] {
    guard !filter.isEmpty, [.name, .creator, .lastFour].contains(column) else { return [] }
    let found = filter.matchRanges(in: text.string, column: column)
    guard !found.isEmpty else { return [] }
    // Byte offsets become columns: in plain text they are the same.
    if text.string.utf8.count == text.width { return found }
    var result: [Range<Int>] = []
    for range in found {
      let bytes = text.string.utf8
      let lower = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
      let upper = bytes.index(bytes.startIndex, offsetBy: range.upperBound)
      let start = TextWidth.columns(of: String(text.string[..<lower]))
      let end = start + TextWidth.columns(of: String(text.string[lower..<upper]))
      if start < end { result.append(start..<end) }
    }
    return result
  }
}
