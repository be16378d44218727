/// The filters typed before, as lines of text.
package enum FilterHistory {
  package static let maximumCount = 100

  /// Oldest first; blank lines are no filters.
  package static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { line in !line.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 } }
      .suffix(maximumCount)
  }

  package static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What was kept, then what this session typed; a filter stands at its last place only.
  package static func merged(_ kept: [String], with typed: [String]) -> [String] {
    (kept.filter { !typed.contains($0) } + typed).suffix(maximumCount)
  }
}
