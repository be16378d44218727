extension DisplayText {
  /// Lines of at most `columns`, broken at spaces; a word that is longer is broken where it has to be.
  ///
  /// A break replaces one space. Others go to the start of the next line, where they are seen.
  package func wrapped(columns: Int) -> [DisplayText] {
    guard width > columns, columns > 0 else { return [self] }
    var lines: [DisplayText] = []
    var line: DisplayText?
    var spaces = 0
    for part in string.split(separator: " ", omittingEmptySubsequences: false) {
      guard !part.isEmpty || line == nil else {
        spaces += 1
        continue
      }
      let word = DisplayText(safe: String(part), width: TextWidth.columns(of: String(part)))
      let gap = DisplayText(safe: String(repeating: " ", count: spaces + 1), width: spaces + 1)
      spaces = 0
      if let held = line, held.width + gap.width + word.width <= columns {
        line = held + gap + word
        continue
      }
      if let held = line { lines.append(held) }
      line = line == nil ? word : gap.dropping(columns: 1) + word
      lines += DisplayText.broken(&line, columns: columns)
    }
    return lines + (line.map { [$0] } ?? [])
  }

  /// Takes whole lines off a line that is too long.
  private static func broken(_ line: inout DisplayText?, columns: Int) -> [DisplayText] {
    var lines: [DisplayText] = []
    while let rest = line, rest.width > columns {
      let piece = rest.prefix(columns: columns)
      // A wide character does not fit into one column.
      guard piece.width > 0 else { break }
      lines.append(piece)
      line = rest.dropping(columns: piece.width)
    }
    return lines
  }
}
