/// The filters typed before, as lines of text.
package enum FilterHistory {
  package static let maximumCount = 500
  /// Bytes of all lines together, and of one.
  private static let maximumBytes = 1 << 19
  private static let maximumLineBytes = 1 << 14

  /// Oldest first; blank lines are no filters.
  package static func lines(of text: String) -> [String] {
    // By bytes: a filter may hold characters that other systems end a line with.
    bounded(
      text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { String(Substring($0)) }
        .filter { line in !line.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 } })
  }

  package static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What was kept, then what this session typed; a filter is kept at its last position only. Compared by bytes.
  package static func merged(_ kept: [String], with typed: [String]) -> [String] {
    let again = Set(typed.map { Array($0.utf8) })
    return bounded(kept.filter { !again.contains(Array($0.utf8)) } + typed)
  }

  /// The newest lines that there is room for.
  private static func bounded(_ lines: [String]) -> [String] {
    var room = maximumBytes
    var result: [String] = []
    for line in lines.reversed() where line.utf8.count < maximumLineBytes {
      room -= line.utf8.count + 1
      guard room >= 0, result.count < maximumCount else { break }
      result.append(line)
    }
    return result.reversed()
  }
}
